import { REVIEWED_FLAGS, REVIEW_REASONS } from '@index766/contracts-aggregator';
import { parseDossierId } from '@index766/kernel';
import { IsCode, textThat } from '@index766/platform-http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, ValidateIf } from 'class-validator';

const MOST_EVIDENCE = 20;
const OUTCOMES = ['accepted', 'declined'] as const;

const IsDossierId = (): PropertyDecorator =>
  textThat('isDossierId', 'is a code of a dossier, in upper case', (text) => parseDossierId(text) === text);

export class ReviewDto {
  @ApiProperty({ enum: OUTCOMES, description: 'accepted: the change counts from now on; declined: it stays stored and does not count.' })
  @IsIn(OUTCOMES)
  readonly outcome!: (typeof OUTCOMES)[number];

  @ApiProperty({ enum: REVIEW_REASONS })
  @IsIn(REVIEW_REASONS)
  readonly reason!: (typeof REVIEW_REASONS)[number];

  @ApiProperty({ type: [String], example: ['BB-12/2026'], description: 'Numbers of the documents that show it; no text. May be empty.' })
  @IsArray()
  @ArrayMaxSize(MOST_EVIDENCE)
  @IsCode({ each: true })
  readonly evidence!: string[];
}

export class FlagReviewDto extends ReviewDto {
  @ApiProperty({ enum: REVIEWED_FLAGS, description: 'Flags of single changes are reviewed with the change.' })
  @IsIn(REVIEWED_FLAGS)
  readonly flag!: (typeof REVIEWED_FLAGS)[number];

  @ApiPropertyOptional({ type: String, example: 'H44.114-20261005-0001', description: 'The dossier that was made again; absent of many corrections.' })
  @ValidateIf((_, value) => value !== undefined)
  @IsDossierId()
  readonly dossier?: string;
}
