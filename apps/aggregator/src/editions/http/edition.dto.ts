import { RETRACTION_REASONS, WAIVER_REASONS, type EditionRetracted, type ExclusionWaived } from '@index766/contracts-aggregator';
import { IsCode, textThat } from '@index766/platform-http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, Max, Min, ValidateIf } from 'class-validator';

const LARGEST_NUMBER = 9_999;
const KINDS = ['subject', 'producer', 'source'] as const;
const ID = /^\S{1,128}$/u;

/** Left out; null is refused, for it is no value of any optional field here. */
const MayBeAbsent = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

export class WaiverDto {
  @ApiProperty({ enum: KINDS, description: 'subject: a dossier or petition of which a record is missing or set aside.' })
  @IsIn(KINDS)
  readonly kind!: ExclusionWaived['kind'];

  @ApiProperty({ example: 'H44.114-20261116-0007', description: 'Code of the dossier or petition, name of the service or of the source system.' })
  @textThat('isExcludedId', 'is a code or name without white space', (text) => ID.test(text))
  readonly id!: string;

  @ApiProperty({ enum: WAIVER_REASONS })
  @IsIn(WAIVER_REASONS)
  readonly reason!: ExclusionWaived['reason'];

  @ApiPropertyOptional({ type: String, example: '412/VP-KSTT', description: 'Number of the document that orders or explains it.' })
  @MayBeAbsent()
  @IsCode()
  readonly document?: string;
}

export class RetractionDto {
  @ApiProperty({ example: 1, minimum: 1, maximum: LARGEST_NUMBER })
  @IsInt()
  @Min(1)
  @Max(LARGEST_NUMBER)
  readonly number!: number;

  @ApiProperty({ enum: RETRACTION_REASONS })
  @IsIn(RETRACTION_REASONS)
  readonly reason!: EditionRetracted['reason'];

  @ApiPropertyOptional({ type: String, example: '415/VP-KSTT', description: 'Number of the document that orders or explains it.' })
  @MayBeAbsent()
  @IsCode()
  readonly document?: string;
}
