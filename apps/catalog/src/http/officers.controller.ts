import { Body, Controller, Delete, Get, Header, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { OfficerPseudonym } from '@index766/kernel';
import { CurrentPrincipal, Roles, type Principal } from '@index766/platform-auth';
import { Answers, OfficerPseudonymPipe, Refuses, orRefuse } from '@index766/platform-http';

import { EraseOfficer } from '../application/erase-officer';
import { StateOfficer } from '../application/state-officer';
import { descriptionOf, type Officer } from '../domain/officer';
import { OfficerQueries } from '../queries/officer-queries';
import { OFFICER_ANSWERS } from './answer-schemas';
import { officerJson, pageJson } from './answers';
import { OfficerListQuery } from './list-query.dto';
import { OfficerStatementDto, toStatement } from './officer.dto';
import { OFFICER_REFUSALS, WRITE_REFUSALS } from './refusals';

/** Officers with their names: for the roles that may see them, within their units. */
@ApiTags('officers')
@ApiBearerAuth()
@Controller('v1/officers')
export class OfficersController {
  constructor(
    private readonly stateOfficer: StateOfficer,
    private readonly eraseOfficer: EraseOfficer,
    private readonly queries: OfficerQueries,
  ) {}

  /** The same body again tells readers nothing. Refuses OFFICER.NOT_FOUND (404), OFFICER.* (422), AUTH.UNIT_OUT_OF_SCOPE (403). */
  @ApiOperation({ summary: 'State all that an administrator says of an officer: absences, aliases, merges' })
  @Answers(OFFICER_ANSWERS.one)
  @Refuses(...WRITE_REFUSALS, ...OFFICER_REFUSALS)
  @Roles('administrator')
  @Put(':pseudonym')
  @Header('Cache-Control', 'no-store')
  async state(
    @Param('pseudonym', OfficerPseudonymPipe) pseudonym: OfficerPseudonym, @Body() body: OfficerStatementDto,
    @CurrentPrincipal() principal: Principal,
  ) {
    return toJson(pseudonym, orRefuse(await this.stateOfficer.execute({ pseudonym, statement: toStatement(body), principal })));
  }

  @ApiOperation({ summary: 'Erase the name behind a pseudonym, here and for every reader' })
  @Refuses(...WRITE_REFUSALS, 'OFFICER.NOT_FOUND')
  @Roles('administrator')
  @Delete(':pseudonym')
  @HttpCode(204)
  async erase(
    @Param('pseudonym', OfficerPseudonymPipe) pseudonym: OfficerPseudonym, @CurrentPrincipal() principal: Principal,
  ): Promise<void> {
    orRefuse(await this.eraseOfficer.execute({ pseudonym, principal }));
  }

  @ApiOperation({ summary: 'One officer' })
  @Answers(OFFICER_ANSWERS.one)
  @Refuses('OFFICER.NOT_FOUND', 'AUTH.UNIT_OUT_OF_SCOPE')
  @Roles('officer-list', 'administrator')
  @Get(':pseudonym')
  @Header('Cache-Control', 'no-store')
  async one(
    @Param('pseudonym', OfficerPseudonymPipe) pseudonym: OfficerPseudonym, @CurrentPrincipal() principal: Principal,
  ) {
    return officerJson(orRefuse(await this.queries.one(pseudonym, principal)));
  }

  @ApiOperation({ summary: 'Officers of a unit, in the order of their pseudonyms' })
  @Answers(OFFICER_ANSWERS.page)
  @Refuses('AUTH.UNIT_OUT_OF_SCOPE')
  @Roles('officer-list', 'administrator')
  @Get()
  @Header('Cache-Control', 'no-store')
  async list(@Query() { unit, after, limit }: OfficerListQuery, @CurrentPrincipal() principal: Principal) {
    return pageJson(orRefuse(await this.queries.page({ unit, after, limit }, principal)), officerJson);
  }
}

function toJson(pseudonym: OfficerPseudonym, officer: Officer) {
  return officerJson({ pseudonym, unit: officer.unit, description: descriptionOf(officer) });
}
