import { parseInstant } from '@index766/kernel';
import { IsCode, IsInstantText, textThat } from '@index766/platform-http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsDefined, IsNumber, IsObject, ValidateIf, ValidateNested } from 'class-validator';

import type { StatedFigures } from '../portal-figures';

const MOST_FIGURES = 100;
const MOST_GROUPS = 20;
const LONGEST_ADDRESS = 200;
const POINTS = /^\d{1,3}(\.\d{1,9})?$/;
const RATIO = /^\d(\.\d{1,9})?$/;
const ADDRESS = /^https?:\/\/[a-z0-9.-]+(:\d{1,5})?(\/[A-Za-z0-9._~/-]*)?$/;

/** Left out; null is refused, for it is no value of any optional field here. */
const MayBeAbsent = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

const IsPoints = (): PropertyDecorator => textThat('isPoints', 'is a decimal text as printed, such as "15.68"', (text) => POINTS.test(text));
const IsRatio = (): PropertyDecorator => textThat('isRatio', 'is a decimal text, a share of 1 such as "0.784"', (text) => RATIO.test(text));
const IsPageAddress = (): PropertyDecorator => textThat(
  'isPageAddress', 'is an address of a page, without user, query and fragment', (text) => text.length <= LONGEST_ADDRESS && ADDRESS.test(text),
);

export class PortalSourceDto {
  @ApiPropertyOptional({ type: String, example: '318/BC-VP', description: 'Number of the document. State it, or the address, or both.' })
  @MayBeAbsent()
  @IsCode()
  readonly document?: string;

  @ApiPropertyOptional({ type: String, example: 'https://dichvucong.gov.vn/index', description: 'Address of the page.' })
  @MayBeAbsent()
  @IsPageAddress()
  readonly address?: string;

  @ApiProperty({ example: '2026-11-03T02:00:00.000Z', description: 'When it was read.' })
  @IsInstantText()
  readonly readAt!: string;
}

export class PortalFigureDto {
  @ApiProperty({ example: 'ON_TIME', description: "Our id (2.1) or the portal's code of the metric (ON_TIME)." })
  @IsCode()
  readonly indicator!: string;

  @ApiPropertyOptional({ type: Number, example: 601 })
  @MayBeAbsent()
  @IsNumber()
  readonly numerator?: number;

  @ApiPropertyOptional({ type: Number, example: 640 })
  @MayBeAbsent()
  @IsNumber()
  readonly denominator?: number;

  @ApiPropertyOptional({ type: String, example: '0.939' })
  @MayBeAbsent()
  @IsRatio()
  readonly ratio?: string;

  @ApiPropertyOptional({ type: String, example: '18.78' })
  @MayBeAbsent()
  @IsPoints()
  readonly points?: string;
}

export class PortalGroupDto {
  @ApiProperty({ example: 'TDGQ' })
  @IsCode()
  readonly group!: string;

  @ApiProperty({ example: '18.78' })
  @IsPoints()
  readonly points!: string;
}

/** What the portal published for one unit and period. A figure that it left empty is left out. */
export class PortalFiguresDto {
  @ApiProperty({ type: PortalSourceDto })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => PortalSourceDto)
  readonly source!: PortalSourceDto;

  @ApiProperty({ type: [PortalFigureDto] })
  @IsArray()
  @ArrayMaxSize(MOST_FIGURES)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => PortalFigureDto)
  readonly figures!: PortalFigureDto[];

  @ApiPropertyOptional({ type: [PortalGroupDto] })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(MOST_GROUPS)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => PortalGroupDto)
  readonly groups?: PortalGroupDto[];

  @ApiPropertyOptional({ type: String, example: '71.40' })
  @MayBeAbsent()
  @IsPoints()
  readonly total?: string;
}

export function toStatedFigures({ source, figures, groups = [], total }: PortalFiguresDto): StatedFigures {
  const readAt = parseInstant(source.readAt);
  if (readAt === undefined) throw new RangeError('the instant was not checked');
  return { source: { document: source.document, address: source.address, readAt }, figures, groups, total };
}
