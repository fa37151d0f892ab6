import path from 'node:path';
import { readOptions } from '../command-line';
import { chooseSample, remarksOf } from '../choosing/chosen-sample';
import { sampleChoice, SAMPLE_OPTIONS } from '../choosing/sample-options';
import { EXIT, UsageFailure } from '../failure';
import { barProgress, NO_PROGRESS } from '../loading/progress';
import { writeSample } from '../writing/write-sample';
import type { Command } from './command';

export const sampleCommand: Command = {
  name: 'sample',
  usage: 'sample --out DIR [--figures FILE] [--period 2026-10] [--units H44.114,…] [--sample province] [--seed N] [--strict]',
  purpose: 'write the pushes of a month, made from published figures, and the reference records that go with them',
  run: async (args, out, say) => {
    const { values } = readOptions(args, { ...SAMPLE_OPTIONS, out: { type: 'string' } });
    if (values.out === undefined) throw new UsageFailure('sample needs --out DIR.');
    const choice = sampleChoice(values);
    const chosen = await chooseSample(choice);
    for (const remark of remarksOf(chosen, chosen.skipped)) say(`${remark}\n`);
    const { sample } = chosen;
    const progress = process.stderr.isTTY ? barProgress('sample', sample.dossiers, say) : NO_PROGRESS;
    const pushes = await writeSample(chosen, choice.seed, path.resolve(values.out), progress);
    const units = sample.units.filter(({ parent }) => parent !== null);
    out(`${pushes} pushes about ${sample.dossiers} dossiers of ${units.length} units in ${choice.period.name}, in ${values.out}.\n`);
    return choice.strict && chosen.inconsistencies.length > 0 ? EXIT.failed : EXIT.done;
  },
};
