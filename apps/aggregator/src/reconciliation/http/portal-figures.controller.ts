import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Period, RefusalCode, UnitCode } from '@index766/kernel';
import { Public, Roles } from '@index766/platform-auth';
import {
  Answers, GivenUnder, PeriodPipe, RECORDED_AT_HEADER, Refuses, UnitCodePipe, orRefuse, requestHash, type Circumstances,
} from '@index766/platform-http';

import { AGGREGATOR_ERROR_CODES } from '../../error-codes';
import { ImportPortalFigures } from '../import-portal-figures';
import { ReconciliationQueries } from '../reconciliation-queries';
import { PortalFiguresDto, toStatedFigures } from './portal-figures.dto';
import { importJson, importedJson } from './reconciliation-json';
import { IMPORTED_ANSWER, IMPORTS_ANSWER } from './reconciliation-schemas';

const REFUSALS: readonly RefusalCode[] = [
  ...(Object.keys(AGGREGATOR_ERROR_CODES) as RefusalCode[]).filter((code) => code.startsWith('PORTAL_FIGURES.') && code !== 'PORTAL_FIGURES.NONE'),
  'UNIT.UNKNOWN', 'PERIOD.UNKNOWN', 'DEFINITION.NONE', 'REQUEST.MISSING_IDEMPOTENCY_KEY', 'IDEMPOTENCY.KEY_REUSED', 'RECORDED_AT.NOT_ALLOWED',
  'RECORDED_AT.IN_FUTURE', 'AUTH.UNIT_OUT_OF_SCOPE', 'AGGREGATE.CONTENDED', 'OUTBOX.FULL',
];

/** What the portal published, as it was imported. Reading is public, as the figures were. */
@ApiTags('reconciliation')
@Controller('v1/units/:unit/portal-figures/:period')
export class PortalFiguresController {
  constructor(
    private readonly importPortalFigures: ImportPortalFigures,
    private readonly queries: ReconciliationQueries,
  ) {}

  /** The same figures again record nothing. Refuses PORTAL_FIGURES.* (422), UNIT.UNKNOWN (404), AUTH.UNIT_OUT_OF_SCOPE (403). */
  @ApiOperation({ summary: 'Import what the portal published for a unit and period, or correct it: every import is kept' })
  @ApiBearerAuth()
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiHeader({ name: RECORDED_AT_HEADER, required: false, description: 'Role replay: when it was recorded.' })
  @Answers(IMPORTED_ANSWER)
  @Refuses(...REFUSALS)
  @Roles('administrator', 'operator')
  @HttpCode(200)
  @Post()
  async import(
    @Param('unit', UnitCodePipe) unit: UnitCode,
    @Param('period', PeriodPipe) period: Period,
    @GivenUnder() { principal, idempotencyKey, recordedAt }: Circumstances,
    @Body() body: PortalFiguresDto,
  ) {
    return importedJson(orRefuse(await this.importPortalFigures.execute({
      unit, period, stated: toStatedFigures(body), principal, idempotencyKey, requestHash: requestHash(principal.subject, body),
      ...(recordedAt === undefined ? {} : { recordedAt }),
    })));
  }

  @ApiOperation({ summary: 'Every import of a unit and period, in its order' })
  @Answers(IMPORTS_ANSWER)
  @Refuses('PORTAL_FIGURES.NONE', 'PERIOD.UNKNOWN')
  @Public()
  @Get()
  async imports(@Param('unit', UnitCodePipe) unit: UnitCode, @Param('period', PeriodPipe) period: Period) {
    return { unit, period: period.name, imports: orRefuse(await this.queries.importsOf(unit, period)).map(importJson) };
  }
}
