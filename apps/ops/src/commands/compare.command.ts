import { formatLocalDay, type UnitCode } from '@index766/kernel';
import { readFigures, remarksOf } from '../choosing/chosen-sample';
import { sampleChoice, SAMPLE_OPTIONS } from '../choosing/sample-options';
import { readOptions } from '../command-line';
import { comparableUnits } from '../comparing/comparable-units';
import { compareUnit, type Comparison } from '../comparing/compare-figures';
import { describeSummary, fails, summaryOf } from '../comparing/comparison-summary';
import { comparisonTables } from '../comparing/comparison-table';
import { EXIT, OpsFailure } from '../failure';
import { loadAddressConfig } from '../ops.config';
import { Aggregator } from '../services/aggregator';
import { Catalog } from '../services/catalog';
import type { Command } from './command';

export const compareCommand: Command = {
  name: 'compare',
  usage: 'compare [--figures FILE] [--period 2026-10] [--units H44.114,…] [--strict] [--json]',
  purpose: 'set published figures beside computed ones; fails if one differs (--strict: also if one breaks a rule or is not loaded)',
  run: async (args, out, say) => {
    const { values } = readOptions(args, { ...SAMPLE_OPTIONS, json: { type: 'boolean' } });
    const choice = sampleChoice(values);
    const figures = await readFigures(choice);
    const addresses = loadAddressConfig();
    const known = await new Catalog(addresses.catalog).units(formatLocalDay(choice.period.lastDay));
    const { units: all, left } = comparableUnits(figures.rows, known, figures.places);
    const isAskedFor = (unit: UnitCode): boolean => choice.units?.includes(unit) ?? true;
    const units = all.filter(isAskedFor);
    const leftOut = left.filter(({ unit }) => isAskedFor(unit));
    for (const remark of remarksOf(figures, leftOut)) say(`${remark}\n`);
    if (units.length === 0) throw new OpsFailure(`No unit of ${figures.name} is loaded: there is nothing to compare.`);

    const aggregator = new Aggregator(addresses.aggregator);
    const comparisons: Comparison[] = [];
    for (const unit of units) {
      const computed = await aggregator.unit(unit, choice.period.name);
      if (computed === undefined) throw new OpsFailure(`The catalog has ${unit}, the aggregator does not know it yet: wait for it (settle).`);
      if (computed.running) throw new OpsFailure(`${choice.period.name} has not ended: published figures are those of a whole period.`);
      comparisons.push(...compareUnit(figures.rows.filter((row) => row.unit === unit), computed));
    }
    const summary = summaryOf(comparisons, units, leftOut);
    out(values.json === true
      ? `${JSON.stringify({ figures: figures.name, period: choice.period.name, summary, comparisons, left: leftOut, inconsistencies: figures.inconsistencies })}\n`
      : `${comparisonTables(comparisons)}${describeSummary(summary, figures.name)}`);
    return fails(summary, figures.inconsistencies.length, choice.strict) ? EXIT.failed : EXIT.done;
  },
};
