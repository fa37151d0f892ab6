import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { parseDossierId, type DossierId } from '@index766/kernel';
import { Public } from '@index766/platform-auth';
import { Answers, RefusalException, Refuses } from '@index766/platform-http';
import { TakeProviderEvent } from '../application/take-provider-event';
import { PaymentMetrics } from '../payment-metrics';
import { SIGNATURE_HEADER, TIMESTAMP_HEADER } from '../providers/event-signature';
import type { PaymentProvider } from '../providers/payment-providers';
import { EVENT_ANSWER } from './answers';
import { ProviderEventDto, toProviderEvent } from './provider-event.dto';
import { ProviderGuard, SigningProvider } from './provider.guard';

/** Paths whose bodies are signed. */
export const SIGNED_PATHS = /^\/v1\/providers\/[^/]+\/events\/?$/;

/** Providers report what became of payments. Signed instead of a token. */
@ApiTags('providers')
@Public()
@UseGuards(ProviderGuard)
@Controller('v1/providers/:provider/events')
export class ProviderEventsController {
  constructor(private readonly takeEvent: TakeProviderEvent, private readonly metrics: PaymentMetrics) {}

  /**
   * Answers what became of the event: applied, repeated (nothing new), or parked with a reason. Refuses PROVIDER.* (401,
   * 400), PAYMENT.EVENT_CONFLICT and PAYMENT.TOO_MANY_* (409), PAYMENT.IN_FUTURE (422), REQUEST.INVALID (400); then
   * nothing is kept.
   */
  @ApiOperation({ summary: 'An event of a provider: a payment succeeded, failed or went back' })
  @ApiParam({ name: 'provider', example: 'bank-a' })
  @ApiHeader({ name: TIMESTAMP_HEADER, required: true, description: 'When it was signed: seconds since 1970.' })
  @ApiHeader({ name: SIGNATURE_HEADER, required: true, description: '`sha256=` and the HMAC-SHA-256 of `<timestamp>.<body>` in hex.' })
  @Answers(EVENT_ANSWER)
  @Refuses(
    'PROVIDER.SIGNATURE_MISSING', 'PROVIDER.SIGNATURE_INVALID', 'PROVIDER.TIMESTAMP_OUT_OF_WINDOW', 'PAYMENT.EVENT_CONFLICT', 'PAYMENT.TOO_MANY_PARKED',
    'PAYMENT.TOO_MANY_FACTS', 'PAYMENT.IN_FUTURE', 'AGGREGATE.CONTENDED', 'OUTBOX.FULL',
  )
  @Post()
  @HttpCode(200)
  async take(@Body() body: ProviderEventDto, @SigningProvider() provider: PaymentProvider) {
    // The DTO's check let only codes of dossiers through.
    const taken = await this.takeEvent.execute(parseDossierId(body.dossier) as DossierId, toProviderEvent(body, provider));
    if (!taken.ok) {
      this.metrics.eventRefused(taken.error);
      throw new RefusalException(taken.error);
    }
    const { outcome, newFacts } = taken.value;
    this.metrics.eventTaken(outcome, newFacts);
    return { event: body.event, outcome: outcome.outcome, reason: outcome.outcome === 'parked' ? outcome.reason : null };
  }
}
