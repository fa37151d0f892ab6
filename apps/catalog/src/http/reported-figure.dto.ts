import { REPORTED_MEASURES, type ReportedMeasure } from '@index766/contracts-catalog';
import type { UnitCode } from '@index766/kernel';
import { IsCode, IsInstantText, IsUnitCode } from '@index766/platform-http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDefined, IsIn, IsObject, IsString, MaxLength, ValidateBy, ValidateNested } from 'class-validator';

import type { StatedFigure } from '../domain/reported-figure';
import { IsLocalDay, MayBeAbsent } from './checks';
import { PageOfListQuery } from './list-query.dto';

const LONGEST_PERIOD = 32;

/** Which form goes with which measure is for the decision to say. */
const IsFigureValue = (): PropertyDecorator => ValidateBy({
  name: 'isFigureValue',
  validator: {
    validate: (value) => typeof value === 'number' || typeof value === 'string',
    defaultMessage: () => '$property is a whole number, or a decimal text such as "88.15"',
  },
});

export class FigureSourceDto {
  @ApiProperty({ example: '318/BC-VP', description: 'Number of the document that states the figure.' })
  @IsCode()
  readonly document!: string;

  @ApiProperty({ example: '2026-11-05', description: 'Day of the document.' })
  @IsLocalDay()
  readonly day!: string;
}

/** One version of a figure, as PUT takes it. */
export class ReportedFigureDto {
  @ApiProperty({
    oneOf: [{ type: 'integer', minimum: 0, example: 152595 }, { type: 'string', example: '88.15' }],
    description: 'A count is a whole number; an index (par-index, sipas) a decimal text with at most four digits after the point.',
  })
  @IsFigureValue()
  readonly value!: number | string;

  @ApiProperty({ type: FigureSourceDto })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => FigureSourceDto)
  readonly source!: FigureSourceDto;
}

export class ReportedFigureQuery {
  @ApiPropertyOptional({ example: '2026-11-01T00:00:00.000Z', description: 'As far as it was known then; now if absent.' })
  @MayBeAbsent()
  @IsInstantText()
  readonly knownBy?: string;
}

export class ReportedFigureListQuery extends PageOfListQuery {
  @ApiPropertyOptional({ type: String, description: 'Figures of exactly this unit; absent: of every unit.' })
  @MayBeAbsent()
  @IsUnitCode()
  readonly unit?: UnitCode;

  @ApiPropertyOptional({ enum: REPORTED_MEASURES })
  @MayBeAbsent()
  @IsIn(REPORTED_MEASURES)
  readonly measure?: ReportedMeasure;

  @ApiPropertyOptional({ example: '2026-10' })
  @MayBeAbsent()
  @IsString()
  @MaxLength(LONGEST_PERIOD)
  readonly period?: string;

  @ApiPropertyOptional({ example: '2026-11-01T00:00:00.000Z', description: 'As far as it was known then; now if absent.' })
  @MayBeAbsent()
  @IsInstantText()
  readonly knownBy?: string;
}

/** A row of a file of figures: what PUT takes, with what it is about. */
export class ReportedFigureRow extends ReportedFigureDto {
  @IsUnitCode()
  readonly unit!: UnitCode;

  @IsIn(REPORTED_MEASURES)
  readonly measure!: ReportedMeasure;

  @IsString()
  @MaxLength(LONGEST_PERIOD)
  readonly period!: string;
}

export function toStatedFigure({ value, source: { document, day } }: ReportedFigureDto): StatedFigure {
  return { value, source: { document, day } };
}
