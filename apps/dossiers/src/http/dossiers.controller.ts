import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { parseDossierId, type DossierId } from '@index766/kernel';
import { Public } from '@index766/platform-auth';
import { Answers, DossierIdPipe, RefusalException, Refuses, orRefuse } from '@index766/platform-http';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { DueDateChanges } from '../queries/due-date-changes';
import { ShowDossier } from '../queries/show-dossier';
import { DOSSIER_ANSWER, DUE_DATE_CHANGES_ANSWER } from './answers';
import { dossierJson, moveJson } from './dossier-json';

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

export class VersionParam {
  /** `vn@2`, `2.000815@3`, `2.000815@H44@3`. */
  @Matches(/^[\p{L}\p{N}._/@-]{1,150}$/u)
  readonly version!: string;
}

/** What is known of dossiers. Public: there is nobody's name in it, officers are pseudonyms. */
@ApiTags('dossiers')
@Public()
@Controller('v1')
export class DossiersController {
  constructor(
    private readonly showDossier: ShowDossier,
    private readonly dueDateChanges: DueDateChanges,
  ) {}

  /** Refuses DOSSIER.NOT_FOUND (404). */
  @ApiOperation({ summary: 'A dossier: status, timeline, facts, and its due date with every skipped day and pause' })
  @Answers(DOSSIER_ANSWER)
  @Refuses('DOSSIER.NOT_FOUND')
  @Get('dossiers/:id')
  async show(@Param('id', DossierIdPipe) id: DossierId) {
    return dossierJson(orRefuse(await this.showDossier.execute(id)));
  }

  @ApiOperation({ summary: 'Due dates that a version of the calendar (vn@2) or of a procedure (2.000815@3) moved' })
  @Answers(DUE_DATE_CHANGES_ANSWER)
  @Get('due-date-changes/:version')
  async changes(@Param() { version }: VersionParam, @Query() { after, limit }: PageQuery) {
    const { moves, next } = await this.dueDateChanges.of(version, pageStart(after), limit);
    return { version, moves: moves.map(({ dossier, ...move }) => ({ dossier, ...moveJson(move) })), next };
  }
}

function pageStart(after: string | undefined): DossierId | undefined {
  if (after === undefined) return undefined;
  const id = parseDossierId(after);
  if (id === undefined) throw new RefusalException({ code: 'REQUEST.INVALID', detail: 'this is no code of a dossier', path: 'after' });
  return id;
}
