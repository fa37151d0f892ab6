import { REVIEW_REASONS } from '@index766/contracts-aggregator';
import { IsCode } from '@index766/platform-http';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn } from 'class-validator';

const MOST_EVIDENCE = 20;
const OUTCOMES = ['accepted', 'declined'] as const;

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
