import type { Channel, CorrectableField } from '@index766/dossier-life';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsObject, IsOptional, IsString, Length, ValidateNested } from 'class-validator';
import type { ProcedureCode, StepId, SupplementId, UnitCode } from '@index766/kernel';
import { IsCode, IsInstantText, IsProcedureCode, IsUnitCode } from '@index766/platform-http';
import { IsDueText, IsPartId } from './checks';

const CHANNELS: readonly Channel[] = ['in-person', 'online', 'postal'];
const CORRECTABLE_FIELDS: readonly CorrectableField[] = [
  'unit', 'procedure', 'channel', 'received-at', 'refused-at', 'finished-at', 'returned-at', 'withdrawn-at', 'stopped-at',
  'stated-due-at', 'step-deadline', 'step-ended-at', 'supplement-requested-at', 'supplement-completed-at',
];

/** What every command may state. */
export class CommandDto {
  @ApiPropertyOptional({ example: '2026-10-05T01:30:00.000Z', description: 'When it happened; now if absent.' })
  @IsOptional()
  @IsInstantText()
  readonly occurredAt?: string;
}

export class ReasonedCommandDto extends CommandDto {
  @ApiPropertyOptional({ example: 'NOT-COMPETENT' })
  @IsOptional()
  @IsCode()
  readonly reasonCode?: string;
}

export class RegisterDto extends CommandDto {
  @ApiProperty({ type: String, example: 'H44.114' })
  @IsUnitCode()
  readonly unit!: UnitCode;

  @ApiProperty({ type: String, example: '2.000815' })
  @IsProcedureCode()
  readonly procedure!: ProcedureCode;

  @ApiProperty({ enum: CHANNELS })
  @IsIn(CHANNELS)
  readonly channel!: Channel;
}

export class ReceiveDto extends RegisterDto {
  @ApiPropertyOptional({ example: '2026-10-12', description: 'A due date that was promised; wins over the term.' })
  @IsOptional()
  @IsDueText()
  readonly dueAt?: string;
}

export class OfficerDto {
  @ApiProperty({ description: 'Leaves this service on the restricted topic alone; everywhere else there is a pseudonym.' })
  @IsString()
  @Length(1, 200)
  readonly name!: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @Length(1, 200)
  readonly title?: string;
}

export class AssignStepDto extends CommandDto {
  @ApiPropertyOptional({ type: String, description: 'Made of dossier, officer and start if absent.' })
  @IsOptional()
  @IsPartId()
  readonly step?: StepId;

  @ApiPropertyOptional({ type: OfficerDto })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => OfficerDto)
  readonly officer?: OfficerDto;

  @ApiPropertyOptional({ example: 'Phòng Văn hóa - Xã hội' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  readonly department?: string;

  @ApiPropertyOptional({ example: '2026-10-08T10:00:00.000Z' })
  @IsOptional()
  @IsDueText()
  readonly deadline?: string;
}

export class StepDto extends CommandDto {
  @ApiProperty({ type: String })
  @IsPartId()
  readonly step!: StepId;
}

export class SupplementDto extends CommandDto {
  @ApiProperty({ type: String, example: 'BS-1' })
  @IsPartId()
  readonly supplement!: SupplementId;
}

export class CompleteSupplementDto extends SupplementDto {
  @ApiPropertyOptional({ example: '2026-10-15', description: 'A new due date that was promised.' })
  @IsOptional()
  @IsDueText()
  readonly newDueAt?: string;
}

export class ExtendDueDateDto extends ReasonedCommandDto {
  @ApiProperty({ example: '2026-10-20' })
  @IsDueText()
  readonly newDueAt!: string;

  @ApiProperty({ description: 'Whether the apology note (phiếu xin lỗi) was issued; without it the extension does not count.' })
  @IsBoolean()
  readonly apologyIssued!: boolean;
}

export class TransferDto extends CommandDto {
  @ApiProperty({ type: String, example: 'H44.115' })
  @IsUnitCode()
  readonly unit!: UnitCode;
}

export class ReturnResultDto extends CommandDto {
  @ApiProperty({ enum: CHANNELS })
  @IsIn(CHANNELS)
  readonly channel!: Channel;
}

export class CorrectDto extends CommandDto {
  @ApiProperty({ enum: CORRECTABLE_FIELDS })
  @IsIn(CORRECTABLE_FIELDS)
  readonly field!: CorrectableField;

  @ApiPropertyOptional({ description: 'The step or supplement that is meant.' })
  @IsOptional()
  @IsPartId()
  readonly part?: string;

  @ApiProperty({ description: 'The right value: an instant, or a code, as the field is.' })
  @IsString()
  @Length(1, 64)
  readonly after!: string;

  @ApiProperty({ example: 'TYPING-ERROR' })
  @IsCode()
  readonly reasonCode!: string;
}

export class VoidDto extends CommandDto {
  @ApiProperty({ enum: ['deleted', 're-created'] })
  @IsIn(['deleted', 're-created'])
  readonly reason!: 'deleted' | 're-created';
}
