import { IsCode, IsInstantText } from '@index766/platform-http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsAmount, IsProviderName, IsReference } from './checks';

/** What every command may state. */
export class CommandDto {
  @ApiPropertyOptional({ example: '2026-10-05T01:30:00.000Z', description: 'When it happened; now if absent.' })
  @IsOptional()
  @IsInstantText()
  readonly occurredAt?: string;
}

export class AssessFeeDto extends CommandDto {
  @ApiProperty({ example: 'LP-01', description: 'MaPhiLePhi' })
  @IsCode()
  readonly fee!: string;

  @ApiProperty({ type: Number, example: 8000, description: 'Whole đồng; 0: nothing is to be paid.' })
  @IsAmount(0)
  readonly amount!: number;

  @ApiPropertyOptional({ description: 'LoaiPhiLePhi' })
  @IsOptional()
  @IsCode()
  readonly kind?: string;

  @ApiPropertyOptional({ description: 'HinhThucThu' })
  @IsOptional()
  @IsCode()
  readonly collection?: string;
}

export class WaiveFeeDto extends CommandDto {
  @ApiProperty({ example: 'LP-01' })
  @IsCode()
  readonly fee!: string;

  @ApiPropertyOptional({ type: Number, description: 'Whole đồng; the whole fee if absent.' })
  @IsOptional()
  @IsAmount(1)
  readonly amount?: number;

  @ApiProperty({ example: 'POOR-HOUSEHOLD' })
  @IsCode()
  readonly reasonCode!: string;
}

export class RequestPaymentDto extends CommandDto {
  @ApiProperty({ example: 'bank-a' })
  @IsProviderName()
  readonly provider!: string;

  @ApiProperty({ example: '20261006-000815' })
  @IsReference()
  readonly reference!: string;

  @ApiProperty({ type: Number, example: 8000 })
  @IsAmount(1)
  readonly amount!: number;
}

export class CashPaymentDto extends CommandDto {
  @ApiProperty({ example: 'BL-2026-0001', description: 'Number of the receipt.' })
  @IsReference()
  readonly receipt!: string;

  @ApiProperty({ type: Number, example: 8000 })
  @IsAmount(1)
  readonly amount!: number;
}

export class RefundPaymentDto extends CommandDto {
  @ApiProperty({ example: 'bank-a', description: '`cash-desk` for cash, `national-sync` for a payment that a push stated.' })
  @IsProviderName()
  readonly provider!: string;

  @ApiProperty({ example: '20261006-000815' })
  @IsReference()
  readonly reference!: string;

  @ApiProperty({ example: 'F-20261012-01', description: 'Tells several refunds of one payment apart.' })
  @IsReference()
  readonly refund!: string;

  @ApiPropertyOptional({ type: Number, description: 'Whole đồng; the whole payment if absent.' })
  @IsOptional()
  @IsAmount(1)
  readonly amount?: number;
}

export class DropParkedDto {
  @ApiProperty({ example: 'bank-a' })
  @IsProviderName()
  readonly provider!: string;

  @ApiProperty({ example: 'E-4711' })
  @IsReference()
  readonly event!: string;

  @ApiProperty({ example: 'PAID-TWICE' })
  @IsCode()
  readonly reasonCode!: string;
}
