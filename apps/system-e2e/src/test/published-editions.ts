import { createHash } from 'node:crypto';
import { decisionTopic } from '@index766/contracts-aggregator';
import { calendarTopic, officerTopic, procedureTopic, reportedFigureTopic, unitTopic } from '@index766/contracts-catalog';
import { documentTopic } from '@index766/contracts-digitization';
import { dossierTopic, sourceTopic } from '@index766/contracts-dossiers';
import { dossierFeedbackTopic, petitionTopic } from '@index766/contracts-feedback';
import { paymentTopic } from '@index766/contracts-payments';
import { TopicAdmin, createKafkaClient } from '@index766/platform-kafka';
import { until } from '@index766/testing-integration';
import { readJson } from './answers';
import { SILENT } from './silent-log';
import { MONTH, PROVINCE, PUBLISHED_WEEK } from './small-sample';
import { loadedAt, loadedSystem, type SystemAccess } from './system-access';
import { LOADED_WITHIN_MS } from './time-limits';
import { tokenFor } from './tokens';

/** What an edition waits for: who reads what (apps/ops, topic-manifest.ts), and how far. */
const READ_BY = [
  { group: 'aggregator.ledger', topics: [dossierTopic, paymentTopic, documentTopic, dossierFeedbackTopic, petitionTopic, decisionTopic, sourceTopic].map(({ name }) => name) },
  { group: 'aggregator.reference', topics: [unitTopic, procedureTopic, calendarTopic, reportedFigureTopic, officerTopic].map(({ name }) => name) },
];
const EVERY_MS = 1_000;
/** What was read last may hold a period back for a moment. */
const ACCEPTED_WITHIN_MS = 120_000;

interface StandingAnswer {
  readonly state: string;
  readonly publishing: object | null;
  readonly heldBy: readonly object[];
  readonly editions: readonly { readonly number: number; readonly sha256: string }[];
}

/** The hash of the first edition, by period. */
export type PublishedHashes = Readonly<Record<string, string>>;

/**
 * Has the loaded system publish a week and the month, unless it has already, and waits until the topics have all of it. Nobody waits for
 * the rule: the periods are over and their sources were heard. Every fact of the sample is in them.
 */
export async function publishedEditions(): Promise<PublishedHashes> {
  const system = loadedSystem();
  await untilAllIsKnown(system);
  const hashes: Record<string, string> = {};
  for (const period of [PUBLISHED_WEEK, MONTH]) hashes[period] = await publish(system, period);
  return hashes;
}

/** The hashes of what an installation has published. */
export async function publishedIn(access: SystemAccess): Promise<PublishedHashes> {
  const hashes: Record<string, string> = {};
  for (const period of [PUBLISHED_WEEK, MONTH]) hashes[period] = (await standingOf(access, period)).editions[0]?.sha256 ?? 'none';
  return hashes;
}

/** Watermarks that stand behind all that was loaded were read: an edition that closes now sees it. */
async function untilAllIsKnown({ broker }: SystemAccess): Promise<void> {
  const admin = new TopicAdmin(createKafkaClient({ brokers: [broker], clientId: 'specs' }, SILENT));
  await until(async () => {
    const read = (await admin.groupWatermarks(READ_BY)).flat();
    const behind = read.filter(({ recordedBefore }) => recordedBefore === undefined || recordedBefore <= loadedAt());
    if (behind.length > 0) throw new Error(`${behind.length} partitions are not as far, ${behind[0]?.topic ?? ''} among them`);
    return true;
  }, { what: 'watermarks behind all that was loaded', timeoutMs: LOADED_WITHIN_MS, everyMs: EVERY_MS });
}

async function publish(system: SystemAccess, period: string): Promise<string> {
  const path = `/v1/edition-decisions/${PROVINCE}/${period}/publication`;
  const headers = {
    authorization: `Bearer ${await tokenFor(system, 'publisher')}`, 'content-type': 'application/json',
    'idempotency-key': createHash('sha256').update(path).digest('hex').slice(0, 32),
  };
  await until(async () => {
    const { state, heldBy } = await standingOf(system, period);
    if (state !== 'provisional') return true;
    const answer = await fetch(`${system.urls.aggregator}${path}`, { method: 'POST', headers, body: '{}' });
    if (answer.status !== 202) throw new Error(`it was answered ${answer.status}: ${await answer.text()}; ${JSON.stringify(heldBy)}`);
    return true;
  }, { what: `${path} to be accepted`, timeoutMs: ACCEPTED_WITHIN_MS, everyMs: EVERY_MS });
  return until(async () => {
    const { state, publishing, editions } = await standingOf(system, period);
    if (state !== 'official' || publishing !== null) throw new Error(`it is ${state}`);
    return editions[0]?.sha256;
  }, { what: `the edition of ${period}`, timeoutMs: LOADED_WITHIN_MS, everyMs: EVERY_MS });
}

function standingOf(access: SystemAccess, period: string): Promise<StandingAnswer> {
  return readJson<StandingAnswer>(access, `/v1/editions/${PROVINCE}/${period}`);
}
