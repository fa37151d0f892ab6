import { randomUUID } from 'node:crypto';
import { parseInstant, type Instant } from '@index766/kernel';
import { readPortalRows } from '../choosing/chosen-sample';
import { sampleChoice, SAMPLE_OPTIONS } from '../choosing/sample-options';
import { readOptions } from '../command-line';
import { EXIT, UsageFailure } from '../failure';
import { portalImports } from '../importing/portal-import';
import { loadAddressConfig, loadSigningConfig } from '../ops.config';
import { Aggregator } from '../services/aggregator';
import { operatorToken } from '../services/tokens';
import type { Command } from './command';

const { figures, period, units } = SAMPLE_OPTIONS;

export const importPortalCommand: Command = {
  name: 'import-portal',
  usage: 'import-portal (--document NUMBER | --address URL) [--read-at INSTANT] [--figures FILE] [--period 2026-10] [--units H44.114,…]',
  purpose: 'import what the portal published, one request for each unit of the file; a second time changes nothing; fails if a unit is refused',
  run: async (args, out, say) => {
    const { values } = readOptions(args, {
      figures, period, units, document: { type: 'string' }, address: { type: 'string' }, 'read-at': { type: 'string' },
    });
    if (values.document === undefined && values.address === undefined) throw new UsageFailure('--document or --address says where the figures were read.');
    const readAt = instantOf(values['read-at']);
    const choice = sampleChoice(values);
    // As published: what contradicts itself is what a reconciliation has to show.
    const rows = (await readPortalRows(choice)).filter(({ unit }) => choice.units?.includes(unit) ?? true);
    const aggregator = new Aggregator(loadAddressConfig().aggregator, await operatorToken(loadSigningConfig(), ['operator']));
    let [imported, known, refused] = [0, 0, 0];
    for (const { unit, body } of portalImports(rows, { document: values.document, address: values.address, readAt })) {
      const outcome = await aggregator.importPortalFigures(unit, choice.period.name, body, randomUUID());
      if (outcome.kind === 'refused') {
        refused += 1;
        say(`${unit}: ${outcome.why}\n`);
      } else if (outcome.recorded > 0) imported += 1;
      else known += 1;
    }
    out(`${choice.period.name}: ${imported} units imported, ${known} said nothing new, ${refused} refused.\n`);
    return refused === 0 ? EXIT.done : EXIT.failed;
  },
};

function instantOf(text: string | undefined): Instant {
  const instant = parseInstant(text ?? new Date().toISOString());
  if (instant === undefined) throw new UsageFailure('--read-at takes an instant such as 2026-11-03T09:00:00+07:00.');
  return instant;
}
