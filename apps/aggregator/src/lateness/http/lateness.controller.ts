import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { parseDossierId, type DossierId, type Period, type UnitCode } from '@index766/kernel';
import { OptionalPrincipal, Public, covers, hasRole, type Principal } from '@index766/platform-auth';
import { Answers, AnswersWithCsv, PeriodPipe, RefusalException, Refuses, UnitCodePipe, orRefuse, sendCsv } from '@index766/platform-http';
import type { Response } from 'express';

import { Reference } from '../../reference';
import { FORMAT_QUERY, FormatPipe, PAGE_QUERY, PageSizePipe, countsIn, type Format } from '../../scores';
import { DOSSIER_OUTCOMES, DossierQueries, type DossierOutcome } from '../dossier-queries';
import { LateOfficerQueries, type LateOfficersOfUnit } from '../late-officer-queries';
import {
  LATE_OFFICER_COLUMNS, NO_NAMES, dossierPageJson, lateOfficerRows, lateOfficersJson, type LateOfficerRow,
  type OfficerNames,
} from './lateness-json';
import { DOSSIER_PAGE_ANSWER, LATE_OFFICERS_ANSWER } from './lateness-schemas';

const LARGEST_THRESHOLD = 1_000_000;
const CSV_COLUMNS = LATE_OFFICER_COLUMNS.map((title) => ({
  title, value: (row: LateOfficerRow) => row[title],
}));

/** Late officers and the dossiers behind the figures. Public, with pseudonyms; names need the role `officer-list`. */
@ApiTags('lateness')
@Public()
@Controller('v1/units/:unit')
export class LatenessController {
  constructor(
    private readonly officers: LateOfficerQueries,
    private readonly dossiers: DossierQueries,
    private readonly reference: Reference,
  ) {}

  /** Refuses UNIT.UNKNOWN (404), PERIOD.UNKNOWN and REQUEST.INVALID (400). */
  @ApiOperation({ summary: 'Officers whose cases ran late in a period; names with the role officer-list and the unit in scope' })
  @ApiQuery(FORMAT_QUERY)
  @ApiQuery({ name: 'threshold', required: false, schema: { type: 'integer', minimum: 1, maximum: LARGEST_THRESHOLD } })
  @AnswersWithCsv(LATE_OFFICERS_ANSWER)
  @Refuses('UNIT.UNKNOWN', 'PERIOD.UNKNOWN', 'DEFINITION.NONE')
  @Get('late-officers/:period')
  async lateOfficers(
    @Param('unit', UnitCodePipe) unit: UnitCode,
    @Param('period', PeriodPipe) period: Period,
    @Query('threshold') threshold: string | undefined,
    @Query('format', FormatPipe) format: Format,
    @OptionalPrincipal() principal: Principal | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const found = orRefuse(await this.officers.ofUnit(unit, period, wholeNumber(threshold, 1, LARGEST_THRESHOLD, 'threshold')));
    const names = this.namesFor(principal, found);
    if (format === 'csv') sendCsv(response, `late-officers-${unit}-${period.name}.csv`, CSV_COLUMNS, lateOfficerRows(found, names));
    else response.json(lateOfficersJson(found, names));
  }

  /** `outcome` all | on-time | late | undetermined; pages by `after` and `limit`. Refuses as `lateOfficers`. */
  @ApiOperation({ summary: 'The dossiers behind 2.1 of a unit and period' })
  @ApiQuery({ name: 'outcome', required: false, enum: DOSSIER_OUTCOMES })
  @ApiQuery({ name: 'after', required: false, schema: { type: 'string' } })
  @ApiQuery(PAGE_QUERY)
  @Answers(DOSSIER_PAGE_ANSWER)
  @Refuses('UNIT.UNKNOWN', 'PERIOD.UNKNOWN', 'DEFINITION.NONE')
  @Get('dossiers/:period')
  async dossiersOf(
    @Param('unit', UnitCodePipe) unit: UnitCode,
    @Param('period', PeriodPipe) period: Period,
    @Query('outcome') outcome: string | undefined,
    @Query('after') after: string | undefined,
    @Query('limit', PageSizePipe) limit: number,
  ) {
    const page = { after: dossierOrNull(after), limit };
    return dossierPageJson(orRefuse(await this.dossiers.ofUnit(unit, period, outcomeOf(outcome), page)));
  }

  private namesFor(principal: Principal | undefined, { unit, period, officer }: LateOfficersOfUnit): OfficerNames {
    const tree = this.reference.treeOn(period.lastDay);
    const allowed = principal !== undefined && hasRole(principal, 'officer-list') && covers(principal, unit, (code) => countsIn(tree, code));
    return allowed ? officer : NO_NAMES;
  }
}

function outcomeOf(text: string | undefined): DossierOutcome {
  const outcome = DOSSIER_OUTCOMES.find((each) => each === (text ?? 'all'));
  if (outcome === undefined) throw invalid(`outcome is one of ${DOSSIER_OUTCOMES.join(', ')}`, 'outcome');
  return outcome;
}

function wholeNumber(text: string | undefined, otherwise: number, largest: number, path: string): number {
  if (text === undefined) return otherwise;
  const number = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > largest) throw invalid(`${path} is a whole number from 1 to ${largest}`, path);
  return number;
}

function dossierOrNull(text: string | undefined): DossierId | null {
  if (text === undefined) return null;
  const dossier = parseDossierId(text);
  if (dossier === undefined) throw invalid('after is no code of a dossier', 'after');
  return dossier;
}

function invalid(detail: string, path: string): RefusalException {
  return new RefusalException({ code: 'REQUEST.INVALID', detail, path });
}
