import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { parseDossierId, type DossierId } from '@index766/kernel';
import { CurrentPrincipal, Roles, type Principal } from '@index766/platform-auth';
import { Answers, DossierIdPipe, Refuses, orRefuse } from '@index766/platform-http';
import { UnitScope } from '@index766/platform-reference';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { ParkedEvents } from '../queries/parked-events';
import { ShowPayments } from '../queries/show-payments';
import { PARKED_EVENTS_ANSWER, PAYMENTS_ANSWER } from './answers';
import { IsDossierCode } from './checks';
import { parkedJson, paymentsJson } from './payments-json';

const DEFAULT_LIMIT = 200;

export class ParkedQuery {
  @ApiPropertyOptional({ description: '`next` of the page before.' })
  @IsOptional()
  @IsDossierCode()
  readonly after?: string;

  @ApiPropertyOptional({ type: Number, default: DEFAULT_LIMIT, maximum: 1_000, description: 'Dossiers of a page.' })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value))
  @IsInt()
  @Min(1)
  @Max(1_000)
  readonly limit: number = DEFAULT_LIMIT;
}

/** What is known of dossiers' money, and the events of providers that wait. */
@ApiTags('payments')
@ApiBearerAuth()
@Controller('v1')
export class PaymentsController {
  constructor(
    private readonly showPayments: ShowPayments,
    private readonly parkedEvents: ParkedEvents,
    private readonly scope: UnitScope,
  ) {}

  /** Refuses AUTH.UNIT_OUT_OF_SCOPE (403), PAYMENT.DOSSIER_UNKNOWN (404). */
  @ApiOperation({ summary: 'Fees, payments and refunds of a dossier, every fact, and what waits' })
  @Answers(PAYMENTS_ANSWER)
  @Refuses('AUTH.UNIT_OUT_OF_SCOPE', 'PAYMENT.DOSSIER_UNKNOWN')
  @Roles('desk', 'operator', 'reviewer', 'replay')
  @Get('dossiers/:id/payments')
  async show(@Param('id', DossierIdPipe) id: DossierId, @CurrentPrincipal() principal: Principal) {
    return paymentsJson(orRefuse(await this.showPayments.execute(id, this.scope.of(principal))));
  }

  @ApiOperation({ summary: 'Events of providers that cannot be applied yet, with the reason; of the units that the token covers' })
  @Answers(PARKED_EVENTS_ANSWER)
  @Roles('operator')
  @Get('parked-events')
  async parked(@Query() { after, limit }: ParkedQuery, @CurrentPrincipal() principal: Principal) {
    const page = await this.parkedEvents.page(after === undefined ? undefined : parseDossierId(after), limit, this.scope.of(principal));
    return { events: page.items.flatMap(({ dossier, parked }) => parked.map((event) => ({ dossier, ...parkedJson(event) }))), next: page.next };
  }
}
