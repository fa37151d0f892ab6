import { Body, Controller, HttpCode, Param, Post, applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { DossierId, RefusalCode } from '@index766/kernel';
import { Roles } from '@index766/platform-auth';
import { Answers, DossierIdPipe, GivenUnder, RECORDED_AT_HEADER, Refuses, type Circumstances } from '@index766/platform-http';
import type { CommandAnswer } from '../application/ports';
import { dropParked } from '../domain/drop-parked';
import type { CommandName } from '../domain/payment-command';
import { PAYMENTS_ERROR_CODES } from '../error-codes';
import { COMMAND_ANSWER } from './answers';
import { AssessFeeDto, CashPaymentDto, DropParkedDto, RefundPaymentDto, RequestPaymentDto, WaiveFeeDto } from './command.dto';
import { CommandGate } from './command-gate';

const SUMMARIES: Readonly<Record<CommandName | 'drop-parked-event', string>> = {
  'assess-fee': 'Assesses a fee, or corrects its amount; pushes do not correct it from then on',
  'waive-fee': 'Waives a fee or a part of it',
  'request-payment': 'The applicant was sent to a provider to pay',
  'record-cash-payment': 'Cash was paid at the desk',
  'refund-payment': 'A payment, or a part of it, went back',
  'drop-parked-event': 'Puts a parked event of a provider aside, with a reason',
};

/** What the state of a dossier's money may speak against, and what the circumstances may lack. */
const REFUSALS: readonly RefusalCode[] = [
  ...(Object.keys(PAYMENTS_ERROR_CODES) as RefusalCode[]).filter((code) => code.startsWith('PAYMENT.')),
  'REQUEST.MISSING_IDEMPOTENCY_KEY', 'IDEMPOTENCY.KEY_REUSED', 'RECORDED_AT.NOT_ALLOWED', 'RECORDED_AT.IN_FUTURE', 'AUTH.UNIT_OUT_OF_SCOPE',
  'AGGREGATE.CONTENDED', 'OUTBOX.FULL',
];

function Command(name: CommandName | 'drop-parked-event'): MethodDecorator {
  return applyDecorators(
    Post(name),
    HttpCode(200),
    Answers(COMMAND_ANSWER),
    Refuses(...REFUSALS),
    ApiOperation({ summary: SUMMARIES[name] }),
    ApiHeader({ name: 'Idempotency-Key', required: true }),
    ApiHeader({ name: RECORDED_AT_HEADER, required: false, description: 'Role replay: when it was recorded.' }),
  );
}

/**
 * A command for every fact about a dossier's money. Refuses PAYMENT.* (404, 409, 422), AUTH.UNIT_OUT_OF_SCOPE (403),
 * IDEMPOTENCY.KEY_REUSED (422), REQUEST.INVALID (400).
 */
@ApiTags('commands')
@ApiBearerAuth()
@Roles('desk', 'replay')
@Controller('v1/dossiers/:id')
export class CommandsController {
  constructor(private readonly gate: CommandGate) {}

  @Command('assess-fee')
  assessFee(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: AssessFeeDto): Promise<CommandAnswer> {
    const { fee, amount, kind, collection } = body;
    return this.gate.take(id, given, body, {
      command: 'assess-fee', fee, amount, ...(kind === undefined ? {} : { kind }), ...(collection === undefined ? {} : { collection }),
    });
  }

  @Command('waive-fee')
  waiveFee(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: WaiveFeeDto): Promise<CommandAnswer> {
    const { fee, amount, reasonCode } = body;
    return this.gate.take(id, given, body, { command: 'waive-fee', fee, reasonCode, ...(amount === undefined ? {} : { amount }) });
  }

  @Command('request-payment')
  requestPayment(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: RequestPaymentDto): Promise<CommandAnswer> {
    const { provider, reference, amount } = body;
    return this.gate.take(id, given, body, { command: 'request-payment', provider, reference, amount });
  }

  @Command('record-cash-payment')
  recordCash(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: CashPaymentDto): Promise<CommandAnswer> {
    return this.gate.take(id, given, body, { command: 'record-cash-payment', receipt: body.receipt, amount: body.amount });
  }

  @Command('refund-payment')
  refundPayment(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: RefundPaymentDto): Promise<CommandAnswer> {
    const { provider, reference, refund, amount } = body;
    return this.gate.take(id, given, body, { command: 'refund-payment', provider, reference, refund, ...(amount === undefined ? {} : { amount }) });
  }

  @Roles('operator')
  @Command('drop-parked-event')
  dropParkedEvent(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: DropParkedDto): Promise<CommandAnswer> {
    const { provider, event, reasonCode } = body;
    const { subject: by } = given.principal;
    return this.gate.decide(id, given, ['drop-parked-event', body], (state, at) => dropParked(state, { provider, event, reasonCode, by }, at));
  }
}
