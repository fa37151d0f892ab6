import { formatLocalDay, type UnitCode } from '@index766/kernel';
import { readFigures, remarksOf } from '../choosing/chosen-sample';
import { sampleChoice, SAMPLE_OPTIONS } from '../choosing/sample-options';
import { readOptions } from '../command-line';
import { comparableUnits } from '../comparing/comparable-units';
import { compareUnit, type Comparison, type ComparisonVerdict } from '../comparing/compare-figures';
import { comparisonTable } from '../comparing/comparison-table';
import { EXIT, OpsFailure } from '../failure';
import { loadAddressConfig } from '../ops.config';
import { Aggregator } from '../services/aggregator';
import { Catalog } from '../services/catalog';
import type { Command } from './command';

export const compareCommand: Command = {
  name: 'compare',
  usage: 'compare [--figures FILE] [--period 2026-10] [--units H44.114,…] [--strict]',
  purpose: 'set published figures beside computed ones; fails if one differs',
  run: async (args, out, say) => {
    const choice = sampleChoice(readOptions(args, SAMPLE_OPTIONS).values);
    const figures = await readFigures(choice);
    const addresses = loadAddressConfig();
    const known = await new Catalog(addresses.catalog).units(formatLocalDay(choice.period.lastDay));
    const { units: all, left } = comparableUnits(figures.rows, known);
    const isAskedFor = (unit: UnitCode): boolean => choice.units?.includes(unit) ?? true;
    const units = all.filter(isAskedFor);
    for (const remark of remarksOf(figures, left.filter(({ unit }) => isAskedFor(unit)))) say(`${remark}\n`);
    if (units.length === 0) throw new OpsFailure(`No unit of ${figures.name} is loaded: there is nothing to compare.`);

    const aggregator = new Aggregator(addresses.aggregator);
    const comparisons: Comparison[] = [];
    for (const unit of units) {
      const computed = await aggregator.unit(unit, choice.period.name);
      if (computed === undefined) throw new OpsFailure(`The catalog has ${unit}, the aggregator does not know it yet: wait for it (settle).`);
      if (computed.running) throw new OpsFailure(`${choice.period.name} has not ended: published figures are those of a whole period.`);
      comparisons.push(...compareUnit(figures.rows.filter((row) => row.unit === unit), computed));
    }
    out(comparisonTable(comparisons));
    const count = (verdict: ComparisonVerdict) => comparisons.filter((comparison) => comparison.verdict === verdict).length;
    out(`\n${units.length} đơn vị / units: ${count('agrees')} khớp / agree, ${count('differs')} khác / differ, ${count('not-compared')} chưa có số liệu / without figures (–)\n`);
    return count('differs') > 0 || (choice.strict && figures.inconsistencies.length > 0) ? EXIT.failed : EXIT.done;
  },
};
