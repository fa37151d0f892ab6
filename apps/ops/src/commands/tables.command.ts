import { chooseSample } from '../choosing/chosen-sample';
import { sampleChoice, SAMPLE_OPTIONS } from '../choosing/sample-options';
import { readOptions, wholeNumber } from '../command-line';
import { EXIT, OpsFailure } from '../failure';
import { loadAddressConfig, loadSigningConfig } from '../ops.config';
import { Aggregator, type LateOfficers, type UnitFigures } from '../services/aggregator';
import { operatorToken } from '../services/tokens';
import { definitionRemark, indexTable } from '../showing/index-table';
import { lateOfficerTable } from '../showing/late-officer-table';
import type { Command } from './command';

const MOST_OFFICERS = 30;

export const tablesCommand: Command = {
  name: 'tables',
  usage: 'tables [--figures FILE] [--period 2026-10] [--units H44.114,…] [--sample default|province] [--officers 30]',
  purpose: 'show the index of the sample’s units and the late-officer list',
  run: async (args, out) => {
    const { values } = readOptions(args, { ...SAMPLE_OPTIONS, officers: { type: 'string' } });
    const choice = sampleChoice(values);
    const most = wholeNumber(values.officers, 'officers', MOST_OFFICERS, 1);
    const { sample } = await chooseSample(choice);
    const { aggregator: url } = loadAddressConfig();
    const aggregator = new Aggregator(url, await operatorToken(loadSigningConfig(), ['officer-list']));
    for (const { code: province, name } of sample.units.filter(({ parent }) => parent === null)) {
      const codes: readonly string[] = sample.units.filter(({ code, parent, level }) => code === province || (parent === province && level !== 'BALANCE')).map(({ code }) => code);
      const figures = await figuresOf(aggregator, codes, choice.period.name);
      out(`\nChỉ số 766 / Index 766 · ${name} (${province}) · ${choice.period.name}\n\n`);
      out(indexTable(figures));
      out(`${definitionRemark()}\n`);
      showLateOfficers(await aggregator.lateOfficers(province, choice.period.name), { province, period: choice.period.name, most, url, codes }, out);
    }
    return EXIT.done;
  },
};

async function figuresOf(aggregator: Aggregator, codes: readonly string[], period: string): Promise<readonly UnitFigures[]> {
  const figures: UnitFigures[] = [];
  for (const code of codes) {
    const ofUnit = await aggregator.unit(code, period);
    if (ofUnit === undefined) throw new OpsFailure(`The aggregator does not know ${code}: load the sample first (load).`);
    figures.push(ofUnit);
  }
  return figures;
}

interface ListHeading {
  readonly province: string;
  readonly period: string;
  /** Lines that are shown. */
  readonly most: number;
  readonly url: string;
  /** Units that appear in lists. */
  readonly codes: readonly string[];
}

function showLateOfficers(
  { officers, unassigned }: LateOfficers, { province, period, most, url, codes }: ListHeading, out: (text: string) => void,
): void {
  out(`\nDanh sách cán bộ, công chức để xảy ra chậm trễ / Officers whose dossiers ran late · ${province} · ${period}\n\n`);
  out(lateOfficerTable(officers.slice(0, most)));
  if (officers.length > most) out(`… ${officers.length - most} nữa / more: ${url}/v1/units/${province}/late-officers/${period}\n`);
  for (const { why, dossiers } of unassigned) {
    const listed = dossiers.filter(({ unit }) => unit !== null && codes.includes(unit));
    if (listed.length > 0) out(`Chưa xác định người chịu trách nhiệm / Unassigned (${why}): ${listed.length} hồ sơ / dossiers\n`);
  }
}
