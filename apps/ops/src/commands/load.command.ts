import { setTimeout as pause } from 'node:timers/promises';
import { formatInstant } from '@index766/kernel';
import type { Cohort, Sample } from '@index766/sample';
import { chooseSample, remarksOf } from '../choosing/chosen-sample';
import { sampleChoice, SAMPLE_OPTIONS } from '../choosing/sample-options';
import { readOptions, wholeNumber } from '../command-line';
import { EXIT, OpsFailure, UsageFailure } from '../failure';
import { barProgress, jsonProgress, NO_PROGRESS, type Progress } from '../loading/progress';
import { inLanes } from '../loading/in-lanes';
import { pushCohorts } from '../loading/push-cohorts';
import { loadAddressConfig, loadBrokerConfig, loadSigningConfig, type AddressConfig, type BrokerConfig } from '../ops.config';
import { Broker } from '../services/broker';
import { Catalog } from '../services/catalog';
import { Dossiers, type RefusedElement } from '../services/dossiers';
import { Feedback } from '../services/feedback';
import { Payments } from '../services/payments';
import { GROUPS_OF_REFERENCE } from '../services/topic-manifest';
import { operatorToken } from '../services/tokens';
import { settle } from '../settling/settle';
import { underwayIn } from '../settling/underway';
import type { Command } from './command';

const LANES = 4;
const REFERENCE_WITHIN_MS = 60_000;
/** Services look for new reference records in their database once a second; the second second is for a busy machine. */
const REFERENCE_IN_MEMORY_MS = 2_000;
const SHOWN_REFUSALS = 5;

export const loadCommand: Command = {
  name: 'load',
  usage: 'load [--figures FILE] [--period 2026-10] [--units H44.114,…] [--sample default|province] [--seed N] [--only reference|feedback] [--lanes 4] [--progress json]',
  purpose: 'load the sample: reference records, then pushes, ratings, petitions and waivers; a second time changes nothing',
  run: async (args, out, say) => {
    const { values } = readOptions(args, { ...SAMPLE_OPTIONS, only: { type: 'string' }, lanes: { type: 'string' }, progress: { type: 'string' } });
    const choice = sampleChoice(values);
    const lanes = wholeNumber(values.lanes, 'lanes', LANES, 1);
    if (values.progress !== undefined && values.progress !== 'json') throw new UsageFailure('--progress takes json.');
    const { only } = values;
    if (only !== undefined && only !== 'reference' && only !== 'feedback') throw new UsageFailure('--only takes reference or feedback.');
    const asJson = values.progress === 'json';
    const chosen = await chooseSample(choice);
    const { sample } = chosen;
    for (const remark of remarksOf(chosen, chosen.skipped)) say(`${remark}\n`);
    if (sample.lastRecordedAt > Date.now()) {
      throw new OpsFailure(`The sample of ${choice.period.name} says what was recorded up to ${formatInstant(sample.lastRecordedAt)}: it can be loaded from then on.`);
    }
    const [addresses, signing] = [loadAddressConfig(), loadSigningConfig()];

    if (only !== 'feedback') {
      await new Catalog(addresses.catalog, await operatorToken(signing, ['administrator', 'replay'])).record(sample.reference);
      await untilReferenceIsKnown(addresses, loadBrokerConfig());
    }
    if (only === 'reference') return EXIT.done; // whoever has pushes of their own sends them now
    const dossiers = new Dossiers(addresses.dossiers, await operatorToken(signing, ['source', 'replay']));
    const progress = asJson ? jsonProgress(sample.dossiers, out) : progressOnTerminal(sample.dossiers, say);
    const feedback = new Feedback(addresses.feedback, await operatorToken(signing, ['source', 'replay']));
    const payments = new Payments(addresses.payments, await operatorToken(signing, ['replay']));
    const refused = await pushCohorts(only === 'feedback' ? withoutPushes(sample.cohorts()) : sample.cohorts(), {
      lanes, send: (push) => dossiers.push(push), rate: (rating) => feedback.rate(rating), petition: (petition) => feedback.petition(petition),
      waive: (waiver) => payments.waive(waiver),
      onProgress: (done) => progress.update(done),
    });
    await inLanes(sample.petitions, lanes, (petition) => feedback.petition(petition));
    progress.finish();
    if (refused.length > 0) throw new OpsFailure(describeRefusals(refused));
    if (!asJson) out(`${sample.dossiers} dossiers and ${petitionsIn(sample)} petitions of ${choice.period.name} loaded.\n`);
    return choice.strict && chosen.inconsistencies.length > 0 ? EXIT.failed : EXIT.done;
  },
};

/** All but the pushes: whoever sends pushes in an order of their own loads these beside them. */
function* withoutPushes(cohorts: Iterable<Cohort>): Iterable<Cohort> {
  for (const cohort of cohorts) yield { ...cohort, pushes: [] };
}

function petitionsIn({ units }: Sample): number {
  return units.reduce((sum, { petitions }) => sum + petitions.received, 0);
}

/** Due dates follow from terms and calendars: they have to be there before the first push. */
async function untilReferenceIsKnown(addresses: AddressConfig, brokerConfig: BrokerConfig): Promise<void> {
  const broker = new Broker(brokerConfig);
  await settle(underwayIn(addresses, broker), {
    groups: GROUPS_OF_REFERENCE, withinMs: REFERENCE_WITHIN_MS,
  });
  await pause(REFERENCE_IN_MEMORY_MS);
}

function progressOnTerminal(total: number, say: (text: string) => void): Progress {
  return process.stderr.isTTY ? barProgress('sample', total, say) : NO_PROGRESS;
}

function describeRefusals(refused: readonly RefusedElement[]): string {
  const shown = refused.slice(0, SHOWN_REFUSALS).map(({ MaHoSo, code, message }) => `${MaHoSo} ${code} (${message})`);
  const more = refused.length > shown.length ? ` and ${refused.length - shown.length} more` : '';
  return `${refused.length} elements were refused: ${shown.join('; ')}${more}.`;
}
