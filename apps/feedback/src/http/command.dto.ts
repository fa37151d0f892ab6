import type { Verdict } from '@index766/feedback-life';
import { IsCode, IsInstantText, IsUnitCode } from '@index766/platform-http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { PetitionClass } from '@index766/petition-life';
import type { UnitCode } from '@index766/kernel';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsObject, IsString, Length, ValidateNested } from 'class-validator';
import { IsDossierCode, IsPetitionCode, IsToken, IsVerdict, MayBeAbsent } from './checks';

const CLASSES: readonly PetitionClass[] = ['rules', 'conduct', 'other'];
/** As it stands in an OpenAPI document. */
const VERDICT = { oneOf: [{ type: 'integer', minimum: 1, maximum: 5 }, { type: 'string', enum: ['like', 'dislike'] }] };
const LONGEST_TEXT = 20_000;

/** What every command may state. */
export class CommandDto {
  @ApiPropertyOptional({ example: '2026-10-05T01:30:00.000Z', description: 'When it happened; now if absent.' })
  @MayBeAbsent()
  @IsInstantText()
  readonly occurredAt?: string;
}

export class RecordRatingDto extends CommandDto {
  @ApiProperty({ ...VERDICT, example: 4 })
  @IsVerdict()
  readonly verdict!: Verdict;
}

export class WithdrawRatingDto extends CommandDto {
  @ApiProperty({ example: 'GIVEN-BY-MISTAKE' })
  @IsCode()
  readonly reasonCode!: string;
}

export class AboutDto {
  @ApiPropertyOptional({ type: String, example: 'PAKN.20260921.0007', description: 'The earlier petition whose answer it is about.' })
  @MayBeAbsent()
  @IsPetitionCode()
  readonly petition?: string;

  @ApiPropertyOptional({ type: String, example: 'H44.114-20261005-0001' })
  @MayBeAbsent()
  @IsDossierCode()
  readonly dossier?: string;
}

export class WrittenCommandDto extends CommandDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: LONGEST_TEXT, description: 'What was written. It stays in this service.' })
  @MayBeAbsent()
  @IsString()
  @Length(1, LONGEST_TEXT)
  readonly text?: string;
}

export class ReceivePetitionDto extends WrittenCommandDto {
  @ApiProperty({ type: String, example: 'H44.114' })
  @IsUnitCode()
  readonly unit!: UnitCode;

  @ApiProperty({ enum: CLASSES, example: 'conduct' })
  @IsIn(CLASSES)
  readonly class!: PetitionClass;

  @ApiPropertyOptional({ type: AboutDto })
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => AboutDto)
  readonly about?: AboutDto;
}

export class ClassifyPetitionDto extends CommandDto {
  @ApiProperty({ enum: CLASSES, example: 'rules' })
  @IsIn(CLASSES)
  readonly class!: PetitionClass;
}

export class TransferPetitionDto extends CommandDto {
  @ApiProperty({ type: String, example: 'H44.27' })
  @IsUnitCode()
  readonly unit!: UnitCode;
}

export class RefusePetitionDto extends CommandDto {
  @ApiPropertyOptional({ example: 'NOT_A_PETITION' })
  @MayBeAbsent()
  @IsCode()
  readonly reasonCode?: string;
}

export class RateAnswerDto extends CommandDto {
  @ApiProperty({ type: Boolean, example: true })
  @IsBoolean()
  readonly satisfied!: boolean;
}

export class ChangeAboutDto extends CommandDto {
  @ApiPropertyOptional({ type: AboutDto, description: 'All that it is about; absent: nothing.' })
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => AboutDto)
  readonly about?: AboutDto;
}

/** A citizen's word: the token stands in the body, since addresses are logged. */
export class TokenDto {
  @ApiProperty({ example: 'dQ4Hn0m8u1vYt2cXb5s7RjA' })
  @IsToken()
  readonly token!: string;
}

export class RateByTokenDto extends TokenDto {
  @ApiProperty({ ...VERDICT, example: 5 })
  @IsVerdict()
  readonly verdict!: Verdict;
}

export class RateAnswerByTokenDto extends TokenDto {
  @ApiProperty({ type: Boolean, example: false })
  @IsBoolean()
  readonly satisfied!: boolean;
}
