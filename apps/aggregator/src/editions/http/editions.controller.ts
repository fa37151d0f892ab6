import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Period, UnitCode } from '@index766/kernel';
import { OptionalPrincipal, Public, type Principal } from '@index766/platform-auth';
import { Answers, AnswersWithCsv, PeriodPipe, Refuses, UnitCodePipe, orRefuse, sendCsv } from '@index766/platform-http';
import type { Response } from 'express';

import { OfficerNaming } from '../../lateness';
import { FORMAT_QUERY, FormatPipe, type Format } from '../../scores';
import { EditionKeeper } from '../edition-keeper';
import { EditionQueries } from '../edition-queries';
import {
  EDITION_COLUMNS, documentJson, editionRows, editionsJson, lateOfficersDocumentJson, manifestJson, standingJson, type EditionRow,
} from './edition-json';
import { EditionNumberPipe } from './edition-number.pipe';
import { DOCUMENT_ANSWER, EDITIONS_ANSWER, LATE_OFFICERS_DOCUMENT_ANSWER, MANIFEST_ANSWER, STANDING_ANSWER } from './edition-schemas';

const CSV_COLUMNS = EDITION_COLUMNS.map((title) => ({ title, value: (row: EditionRow) => row[title] }));
const NUMBER_PARAM = { name: 'number', schema: { type: 'integer', minimum: 1, maximum: 9_999 } } as const;

/** What was published of provinces. Public: pseudonyms stand for officers, and no applicant is in it. */
@ApiTags('editions')
@Public()
@Controller('v1/editions')
export class EditionsController {
  constructor(
    private readonly queries: EditionQueries,
    private readonly keeper: EditionKeeper,
    private readonly naming: OfficerNaming,
  ) {}

  @ApiOperation({ summary: 'The editions of a province, by period' })
  @ApiQuery({ name: 'province', schema: { type: 'string' }, example: 'H44' })
  @Answers(EDITIONS_ANSWER)
  @Get()
  async ofProvince(@Query('province', UnitCodePipe) province: UnitCode) {
    return editionsJson(province, await this.queries.ofProvince(province));
  }

  /** Refuses EDITION.NO_PROVINCE (404), PERIOD.UNKNOWN (400). */
  @ApiOperation({ summary: 'Where a period stands: provisional, publishing, official, amended or retracted, and why it is not official' })
  @Answers(STANDING_ANSWER)
  @Refuses('EDITION.NO_PROVINCE', 'PERIOD.UNKNOWN')
  @Get(':province/:period')
  async standing(@Param('province', UnitCodePipe) province: UnitCode, @Param('period', PeriodPipe) period: Period) {
    return standingJson(province, period.name, orRefuse(await this.keeper.standingOf(province, period)));
  }

  /** As CSV: one row for each indicator, group and total of each unit. Refuses EDITION.NONE (404), EDITION.BEING_RESTORED (503). */
  @ApiOperation({ summary: 'The manifest of an edition with its hash and signature' })
  @ApiParam(NUMBER_PARAM)
  @ApiQuery(FORMAT_QUERY)
  @AnswersWithCsv(MANIFEST_ANSWER)
  @Refuses('EDITION.NONE', 'EDITION.BEING_RESTORED', 'PERIOD.UNKNOWN')
  @Get(':province/:period/:number')
  async manifest(
    @Param('province', UnitCodePipe) province: UnitCode,
    @Param('period', PeriodPipe) period: Period,
    @Param('number', EditionNumberPipe) number: number,
    @Query('format', FormatPipe) format: Format,
    @Res() response: Response,
  ): Promise<void> {
    if (format === 'csv') {
      const documents = orRefuse(await this.queries.indices(province, period, number));
      sendCsv(response, `edition-${province}-${period.name}-${number}.csv`, CSV_COLUMNS, documents.flatMap((text) => editionRows(text, number)));
    } else response.json(manifestJson(orRefuse(await this.queries.find(province, period, number))));
  }

  @ApiOperation({ summary: 'The rankings of an edition: units of one level under one parent, by the total and by each group' })
  @ApiParam(NUMBER_PARAM)
  @Answers(DOCUMENT_ANSWER)
  @Refuses('EDITION.NONE', 'EDITION.NO_DOCUMENT', 'EDITION.BEING_RESTORED', 'PERIOD.UNKNOWN')
  @Get(':province/:period/:number/rankings')
  async rankings(
    @Param('province', UnitCodePipe) province: UnitCode,
    @Param('period', PeriodPipe) period: Period,
    @Param('number', EditionNumberPipe) number: number,
  ) {
    return documentJson(orRefuse(await this.queries.document(province, period, number, 'rankings')));
  }

  @ApiOperation({ summary: 'What an amended edition says otherwise than the one before it, by how much, and the facts that caused it' })
  @ApiParam(NUMBER_PARAM)
  @Answers(DOCUMENT_ANSWER)
  @Refuses('EDITION.NONE', 'EDITION.NO_DOCUMENT', 'EDITION.BEING_RESTORED', 'PERIOD.UNKNOWN')
  @Get(':province/:period/:number/changes')
  async changes(
    @Param('province', UnitCodePipe) province: UnitCode,
    @Param('period', PeriodPipe) period: Period,
    @Param('number', EditionNumberPipe) number: number,
  ) {
    return documentJson(orRefuse(await this.queries.document(province, period, number, 'changes')));
  }

  @ApiOperation({ summary: 'The index of a unit in an edition' })
  @ApiParam(NUMBER_PARAM)
  @ApiQuery(FORMAT_QUERY)
  @AnswersWithCsv(DOCUMENT_ANSWER)
  @Refuses('EDITION.NONE', 'EDITION.NO_DOCUMENT', 'EDITION.BEING_RESTORED', 'PERIOD.UNKNOWN')
  @Get(':province/:period/:number/units/:unit')
  async ofUnit(
    @Param('province', UnitCodePipe) province: UnitCode,
    @Param('period', PeriodPipe) period: Period,
    @Param('number', EditionNumberPipe) number: number,
    @Param('unit', UnitCodePipe) unit: UnitCode,
    @Query('format', FormatPipe) format: Format,
    @Res() response: Response,
  ): Promise<void> {
    const document = orRefuse(await this.queries.document(province, period, number, { unit, part: 'index' }));
    if (format === 'csv') sendCsv(response, `edition-${unit}-${period.name}-${number}.csv`, CSV_COLUMNS, editionRows(document.text, number));
    else response.json(documentJson(document));
  }

  @ApiOperation({ summary: 'The list of late officers of a unit in an edition, by pseudonym; of the standing edition names after the objection window; otherwise with the role officer-list and the unit in scope' })
  @ApiParam(NUMBER_PARAM)
  @Answers(LATE_OFFICERS_DOCUMENT_ANSWER)
  @Refuses('EDITION.NONE', 'EDITION.NO_DOCUMENT', 'EDITION.BEING_RESTORED', 'PERIOD.UNKNOWN')
  @Get(':province/:period/:number/units/:unit/late-officers')
  async lateOfficersOf(
    @Param('province', UnitCodePipe) province: UnitCode,
    @Param('period', PeriodPipe) period: Period,
    @Param('number', EditionNumberPipe) number: number,
    @Param('unit', UnitCodePipe) unit: UnitCode,
    @OptionalPrincipal() principal: Principal | undefined,
  ) {
    const document = orRefuse(await this.queries.document(province, period, number, { unit, part: 'lateOfficers' }));
    // Whoever an objection or a correction has cleared is on the standing list no more, and is not named on the ones before it.
    const names = document.stands ? this.naming.onPublished(principal, unit, period) : this.naming.forReader(principal, unit, period);
    return lateOfficersDocumentJson(document, this.naming.windowEndsAt(unit, period), names);
  }
}
