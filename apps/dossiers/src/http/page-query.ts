import { parseDossierId, type DossierId } from '@index766/kernel';
import { RefusalException } from '@index766/platform-http';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

const DEFAULT_LIMIT = 200;

export class PageQuery {
  @ApiPropertyOptional({ description: '`next` of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  readonly after?: string;

  @ApiPropertyOptional({ type: Number, default: DEFAULT_LIMIT, maximum: 1_000 })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value))
  @IsInt()
  @Min(1)
  @Max(1_000)
  readonly limit: number = DEFAULT_LIMIT;
}

/** Throws REQUEST.INVALID (400). */
export function pageStart(after: string | undefined): DossierId | undefined {
  if (after === undefined) return undefined;
  const id = parseDossierId(after);
  if (id === undefined) throw new RefusalException({ code: 'REQUEST.INVALID', detail: 'this is no code of a dossier', path: 'after' });
  return id;
}
