import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { parseDossierId, type DossierId, type Instant, type Period, type UnitCode } from '@index766/kernel';
import { OptionalPrincipal, Public, type Principal } from '@index766/platform-auth';
import { Answers, AnswersWithCsv, PeriodPipe, Refuses, UnitCodePipe, orRefuse, sendCsv } from '@index766/platform-http';
import type { Response } from 'express';

import { FORMAT_QUERY, FormatPipe, KNOWN_AT_QUERY, KnownAtPipe, PAGE_QUERY, PageSizePipe, type Format } from '../../scores';
import { DOSSIER_OUTCOMES, DossierQueries, type DossierOutcome } from '../dossier-queries';
import { LateOfficerQueries } from '../late-officer-queries';
import { OfficerNaming } from '../officer-naming';
import { LATE_OFFICER_COLUMNS, dossierPageJson, lateOfficerRows, lateOfficersJson, type LateOfficerRow } from './lateness-json';
import { DOSSIER_PAGE_ANSWER, LATE_OFFICERS_ANSWER } from './lateness-schemas';
import { invalid, wholeNumber } from './query-numbers';

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
    private readonly naming: OfficerNaming,
  ) {}

  /** Refuses UNIT.UNKNOWN (404), PERIOD.UNKNOWN and REQUEST.INVALID (400). */
  @ApiOperation({ summary: 'Officers whose cases ran late in a period; names with the role officer-list and the unit in scope' })
  @ApiQuery(FORMAT_QUERY)
  @ApiQuery(KNOWN_AT_QUERY)
  @ApiQuery({ name: 'threshold', required: false, schema: { type: 'integer', minimum: 1, maximum: LARGEST_THRESHOLD } })
  @AnswersWithCsv(LATE_OFFICERS_ANSWER)
  @Refuses('UNIT.UNKNOWN', 'PERIOD.UNKNOWN', 'DEFINITION.NONE')
  @Get('late-officers/:period')
  async lateOfficers(
    @Param('unit', UnitCodePipe) unit: UnitCode,
    @Param('period', PeriodPipe) period: Period,
    @Query('threshold') threshold: string | undefined,
    @Query('knownAt', KnownAtPipe) knownBy: Instant | null,
    @Query('format', FormatPipe) format: Format,
    @OptionalPrincipal() principal: Principal | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const found = orRefuse(await this.officers.ofUnit(unit, period, { threshold: wholeNumber(threshold, LARGEST_THRESHOLD, 'threshold'), knownBy }));
    const names = this.naming.forReader(principal, unit, period);
    if (format === 'csv') sendCsv(response, `late-officers-${unit}-${period.name}.csv`, CSV_COLUMNS, lateOfficerRows(found, names));
    else response.json(lateOfficersJson(found, this.naming.windowEndsAt(unit, period), names));
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
}

function outcomeOf(text: string | undefined): DossierOutcome {
  const outcome = DOSSIER_OUTCOMES.find((each) => each === (text ?? 'all'));
  if (outcome === undefined) throw invalid(`outcome is one of ${DOSSIER_OUTCOMES.join(', ')}`, 'outcome');
  return outcome;
}

function dossierOrNull(text: string | undefined): DossierId | null {
  if (text === undefined) return null;
  const dossier = parseDossierId(text);
  if (dossier === undefined) throw invalid('after is no code of a dossier', 'after');
  return dossier;
}
