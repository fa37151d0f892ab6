import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { DossierId } from '@index766/kernel';
import { Public } from '@index766/platform-auth';
import { Answers, DossierIdPipe, Refuses, orRefuse } from '@index766/platform-http';
import { Matches } from 'class-validator';
import { DueDateChanges } from '../queries/due-date-changes';
import { ShowDossier } from '../queries/show-dossier';
import { DOSSIER_ANSWER, DUE_DATE_CHANGES_ANSWER } from './answers';
import { dossierJson, moveJson } from './dossier-json';
import { PageQuery, pageStart } from './page-query';

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
