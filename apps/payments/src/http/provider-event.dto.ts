import { parseInstant, type Instant } from '@index766/kernel';
import { IsCode, IsInstantText, RefusalException, requestHash } from '@index766/platform-http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { ProviderEvent, ProviderEventKind } from '../domain/provider-event';
import type { PaymentProvider } from '../providers/payment-providers';
import { IsAmount, IsDossierCode, IsReference } from './checks';

const KINDS: readonly ProviderEventKind[] = ['payment-succeeded', 'payment-failed', 'payment-refunded'];

/** What a provider sends. */
export class ProviderEventDto {
  @ApiProperty({ example: 'E-4711', description: 'The provider\'s id of the event; sent again it is the same event.' })
  @IsReference()
  readonly event!: string;

  @ApiProperty({ enum: KINDS })
  @IsIn(KINDS)
  readonly kind!: ProviderEventKind;

  @ApiProperty({ example: 'H44.114-20261005-0001' })
  @IsDossierCode()
  readonly dossier!: string;

  @ApiProperty({ example: '20261006-000815', description: 'The provider\'s reference of the payment.' })
  @IsReference()
  readonly reference!: string;

  @ApiPropertyOptional({ type: Number, example: 8000, description: 'Whole đồng; of a refund without it the whole payment went back.' })
  @IsOptional()
  @IsAmount(1)
  readonly amount?: number;

  @ApiPropertyOptional({ example: 'F-1', description: 'Of a refund: tells several of one payment apart.' })
  @IsOptional()
  @IsReference()
  readonly refund?: string;

  @ApiPropertyOptional({ example: 'INSUFFICIENT-FUNDS', description: 'Of a failure.' })
  @IsOptional()
  @IsCode()
  readonly reasonCode?: string;

  @ApiProperty({ example: '2026-10-06T02:00:00.000Z' })
  @IsInstantText()
  readonly occurredAt!: string;
}

/** The event, of the provider that signed it. Throws REQUEST.INVALID where a field of its kind is missing. */
export function toProviderEvent(body: ProviderEventDto, { name, channel }: PaymentProvider): ProviderEvent {
  const { event, kind, reference, amount, refund, reasonCode } = body;
  const head = { provider: name, event, hash: requestHash(body), reference, occurredAt: parseInstant(body.occurredAt) as Instant };
  switch (kind) {
    case 'payment-succeeded':
      if (amount === undefined) throw missing('amount');
      return { ...head, kind, channel, amount };
    case 'payment-failed':
      return { ...head, kind, ...(reasonCode === undefined ? {} : { reasonCode }) };
    case 'payment-refunded':
      if (refund === undefined) throw missing('refund');
      return { ...head, kind, refund, ...(amount === undefined ? {} : { amount }) };
  }
}

function missing(path: string): RefusalException {
  return new RefusalException({ code: 'REQUEST.INVALID', detail: 'an event of this kind needs this field', path });
}
