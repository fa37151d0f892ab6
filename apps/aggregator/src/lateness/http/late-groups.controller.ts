import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { LateGroup } from '@index766/dossier-life';
import { MILLISECONDS_PER_MINUTE, formatInstant, type Instant, type Period, type UnitCode } from '@index766/kernel';
import { Public } from '@index766/platform-auth';
import { AnswersWithCsv, PeriodPipe, Refuses, UnitCodePipe, orRefuse, sendCsv } from '@index766/platform-http';
import type { Response } from 'express';

import { FORMAT_QUERY, FormatPipe, KNOWN_AT_QUERY, KnownAtPipe, type Format } from '../../scores';
import { LateGroupQueries } from '../late-group-queries';
import { LATE_DEPARTMENTS_ANSWER, LATE_UNITS_ANSWER } from './lateness-schemas';
import { wholeNumber } from './query-numbers';

const FEWEST_HANDLED = 10;
const LARGEST_MINIMUM = 1_000_000;
const MINIMUM_QUERY = {
  name: 'minimum', required: false, schema: { type: 'integer', minimum: 1, maximum: LARGEST_MINIMUM, default: FEWEST_HANDLED },
  description: 'Fewest dossiers with which it is ranked',
};
const FIGURES = ['rank', 'late', 'handled', 'lateShare', 'lateWorkingMinutes'] as const;
const columns = (...names: readonly string[]) => names.map((title) => ({ title, value: (row: Readonly<Record<string, string | number | null>>) => row[title] }));
const DEPARTMENT_COLUMNS = columns('unit', 'department', ...FIGURES);
const UNIT_COLUMNS = columns('unit', ...FIGURES);

/** Where dossiers run late: by division, by unit. Public; no officer is in it. */
@ApiTags('lateness')
@Public()
@Controller('v1/units/:unit')
export class LateGroupsController {
  constructor(private readonly groups: LateGroupQueries) {}

  /** Refuses UNIT.UNKNOWN (404), PERIOD.UNKNOWN and REQUEST.INVALID (400). */
  @ApiOperation({ summary: 'Divisions by lateness, of the unit and all below it; ranked by late share from a minimum of dossiers on' })
  @ApiQuery(FORMAT_QUERY)
  @ApiQuery(KNOWN_AT_QUERY)
  @ApiQuery(MINIMUM_QUERY)
  @AnswersWithCsv(LATE_DEPARTMENTS_ANSWER)
  @Refuses('UNIT.UNKNOWN', 'PERIOD.UNKNOWN')
  @Get('late-departments/:period')
  async departments(
    @Param('unit', UnitCodePipe) unit: UnitCode,
    @Param('period', PeriodPipe) period: Period,
    @Query('minimum') minimum: string | undefined,
    @Query('knownAt', KnownAtPipe) knownBy: Instant | null,
    @Query('format', FormatPipe) format: Format,
    @Res() response: Response,
  ): Promise<void> {
    const { evaluatedAt, groups } = orRefuse(await this.groups.departments(unit, period, minimumOf(minimum), knownBy));
    const departments = groups.map(({ who, ...group }) => ({ ...who, ...figuresJson(group) }));
    if (format === 'csv') sendCsv(response, `late-departments-${unit}-${period.name}.csv`, DEPARTMENT_COLUMNS, departments);
    else response.json({ unit, period: period.name, asOf: formatInstant(evaluatedAt), departments });
  }

  /** Refuses as `departments`. */
  @ApiOperation({ summary: 'Units by lateness: the unit itself and each directly below it; ranked by late share from a minimum of dossiers on' })
  @ApiQuery(FORMAT_QUERY)
  @ApiQuery(KNOWN_AT_QUERY)
  @ApiQuery(MINIMUM_QUERY)
  @AnswersWithCsv(LATE_UNITS_ANSWER)
  @Refuses('UNIT.UNKNOWN', 'PERIOD.UNKNOWN')
  @Get('late-units/:period')
  async units(
    @Param('unit', UnitCodePipe) unit: UnitCode,
    @Param('period', PeriodPipe) period: Period,
    @Query('minimum') minimum: string | undefined,
    @Query('knownAt', KnownAtPipe) knownBy: Instant | null,
    @Query('format', FormatPipe) format: Format,
    @Res() response: Response,
  ): Promise<void> {
    const { evaluatedAt, groups } = orRefuse(await this.groups.units(unit, period, minimumOf(minimum), knownBy));
    const units = groups.map(({ who, ...group }) => ({ unit: who, ...figuresJson(group) }));
    if (format === 'csv') sendCsv(response, `late-units-${unit}-${period.name}.csv`, UNIT_COLUMNS, units);
    else response.json({ unit, period: period.name, asOf: formatInstant(evaluatedAt), units });
  }
}

function minimumOf(text: string | undefined): number {
  return wholeNumber(text, LARGEST_MINIMUM, 'minimum') ?? FEWEST_HANDLED;
}

function figuresJson({ rank, late, handled, lateShare, lateMilliseconds }: Omit<LateGroup<unknown>, 'who'>) {
  return { rank, late, handled, lateShare, lateWorkingMinutes: Math.round(lateMilliseconds / MILLISECONDS_PER_MINUTE) };
}
