import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { DossierId } from '@index766/kernel';
import { CurrentPrincipal, Roles, type Principal } from '@index766/platform-auth';
import { Answers, DossierIdPipe, Refuses, orRefuse } from '@index766/platform-http';
import { UnitScope } from '@index766/platform-reference';
import { ShowDocuments } from '../queries/show-documents';
import { DOCUMENTS_ANSWER } from './answers';
import { documentsJson } from './documents-json';

/** What is known of dossiers' papers. */
@ApiTags('documents')
@ApiBearerAuth()
@Controller('v1')
export class DocumentsController {
  constructor(private readonly showDocuments: ShowDocuments, private readonly scope: UnitScope) {}

  /** Refuses AUTH.UNIT_OUT_OF_SCOPE (403), DOCUMENT.DOSSIER_UNKNOWN (404). */
  @ApiOperation({ summary: 'Components, data of the population and results of a dossier, since when, and every fact' })
  @Answers(DOCUMENTS_ANSWER)
  @Refuses('AUTH.UNIT_OUT_OF_SCOPE', 'DOCUMENT.DOSSIER_UNKNOWN')
  @Roles('desk', 'operator', 'reviewer', 'replay')
  @Get('dossiers/:id/documents')
  async show(@Param('id', DossierIdPipe) id: DossierId, @CurrentPrincipal() principal: Principal) {
    return documentsJson(orRefuse(await this.showDocuments.execute(id, this.scope.of(principal))));
  }
}
