import { IsCode, RefusalException } from '@index766/platform-http';
import { ApiProperty } from '@nestjs/swagger';
import type { PipeTransform } from '@nestjs/common';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsInt, IsString, Length, Max, Min, ValidateNested } from 'class-validator';
import type { LevelCounts } from '../domain/survey';

const MOST_QUESTIONS = 200;
const LEVELS = 5;
const MOST_ANSWERS = 10_000_000;
const YEAR = /^20\d\d$/;

export class QuestionDto {
  @ApiProperty({ example: 'C1' })
  @IsCode()
  readonly code!: string;

  @ApiProperty({ minLength: 1, maxLength: 500, example: 'Công chức hướng dẫn hồ sơ đầy đủ' })
  @IsString()
  @Length(1, 500)
  readonly vi!: string;

  @ApiProperty({ minLength: 1, maxLength: 500, example: 'The officer explained the papers in full' })
  @IsString()
  @Length(1, 500)
  readonly en!: string;
}

export class SurveyDto {
  @ApiProperty({ type: [QuestionDto], minItems: 1, maxItems: MOST_QUESTIONS })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_QUESTIONS)
  @ValidateNested({ each: true })
  @Type(() => QuestionDto)
  readonly questions!: readonly QuestionDto[];
}

export class AnswerCountsDto {
  @ApiProperty({ example: 'C1' })
  @IsCode()
  readonly question!: string;

  @ApiProperty({ type: 'array', items: { type: 'integer', minimum: 0, maximum: MOST_ANSWERS }, minItems: LEVELS, maxItems: LEVELS, example: [1, 2, 10, 60, 27], description: 'Answers of each level, from very dissatisfied to very satisfied.' })
  @IsArray()
  @ArrayMinSize(LEVELS)
  @ArrayMaxSize(LEVELS)
  @IsInt({ each: true })
  @Min(0, { each: true })
  @Max(MOST_ANSWERS, { each: true })
  readonly counts!: LevelCounts;
}

export class UnitSurveyDto {
  @ApiProperty({ example: 'BC-2026-17', description: 'Number of the report that the counts are from.' })
  @IsCode()
  readonly source!: string;

  @ApiProperty({ type: [AnswerCountsDto], minItems: 1, maxItems: MOST_QUESTIONS })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_QUESTIONS)
  @ValidateNested({ each: true })
  @Type(() => AnswerCountsDto)
  readonly answers!: readonly AnswerCountsDto[];
}

export class YearPipe implements PipeTransform<unknown, number> {
  transform(value: unknown): number {
    // The validation pipe has made a number of what is written as one.
    if ((typeof value === 'string' || typeof value === 'number') && YEAR.test(String(value))) return Number(value);
    throw new RefusalException({ code: 'REQUEST.INVALID', detail: 'this is no year from 2000 to 2099', path: 'year' });
  }
}
