import { decisionTopic, editionPublishedV1, editionTopic, editionsKey, lateOfficersTopic, type EditionPublished } from '@index766/contracts-aggregator';
import { officerDescribedV1, officerTopic, unitTopic, unitVersionedV1 } from '@index766/contracts-catalog';
import { dossierFactContracts, dossierTopic } from '@index766/contracts-dossiers';
import { formatInstant, type UnitCode } from '@index766/kernel';
import type { OutgoingRecord } from '@index766/platform-kafka';

import type { DecisionHistory } from '../decisions';
import { ComputeEdition, EditionFigures } from '../editions';
import { editionSeal } from '../editions/adapters/edition-keys';
import { KafkaAnnouncements } from '../editions/adapters/kafka-announcements';
import type { EditionClaim } from '../editions/edition-store';
import { NOTHING_EXCLUDED } from '../editions/visibility';
import { LateLists } from '../lateness';
import { CASES, PETITIONS, addFacts, readArrivedFact } from '../ledger';
import { at } from '../test/edition-world';
import { InMemoryDecisions } from '../test/in-memory-editions';
import { InMemoryLedger } from '../test/in-memory-ports';
import { InMemoryTopicLog } from '../test/in-memory-topic-log';
import { recomputeFromTopics } from './recompute-from-topics';
import { ToldReference } from './told-reference';

const { hashOf } = editionSeal(undefined);
const WEEK = { province: 'H44' as UnitCode, period: '2026-W45' };
const [FIRST_CLOSING, SECOND_CLOSING] = [at('2026-11-09T09:00:00+07:00'), at('2026-11-10T09:00:00+07:00')];
const OFFICER = '0123456789abcdef0123456789abcdef';
const UNITS = [['H44', 'PROVINCE', null], ['H44.1', 'COMMUNE', 'H44'], ['H44.2', 'COMMUNE', 'H44'], ['H45', 'PROVINCE', null], ['H45.1', 'COMMUNE', 'H45']] as const;

/** A week with a late dossier in a step of an officer who was away, one on time, one of another province, and one that nobody can read. */
function topics(): InMemoryTopicLog {
  const log = new InMemoryTopicLog(3);
  const early = at('2026-09-01T00:00:00+07:00');
  for (const [code, level, parent] of UNITS) log.tell(unitTopic, unitVersionedV1, code, 1, { code, version: 1, name: code, level, parent, validFrom: '2024-01-01' }, early);
  const absences = [{ firstDay: '2026-11-02', lastDay: '2026-11-06' }];
  log.tell(officerTopic, officerDescribedV1, OFFICER, 1, { pseudonym: OFFICER, name: 'Cán bộ Ví Dụ', unit: 'H44.1', aliases: [], ambiguous: false, absences }, early);
  for (const [id, unit, finished] of [['H44.1-LATE', 'H44.1', '05'], ['H44.2-FINE', 'H44.2', '03'], ['H45.1-OTHER', 'H45.1', '03']] as const) {
    const received = at('2026-11-02T08:00:00+07:00');
    const facts = dossierFactContracts;
    log.tell(dossierTopic, facts['dossier-received'], id, 1, { unit, procedure: '2.000815', channel: 'online', source: 'specs', pushed: true }, received);
    log.tell(dossierTopic, facts['due-date-set'], id, 2, { dueAt: '2026-11-04T10:00:00.000Z', basis: 'stated', cause: 'received', calendarVersion: 'vn@1' }, received);
    log.tell(dossierTopic, facts['step-assigned'], id, 3, { step: 's1', officer: OFFICER }, received);
    log.tell(dossierTopic, facts['dossier-finished'], id, 4, {}, at(`2026-11-${finished}T09:00:00+07:00`));
  }
  log.send({ topic: dossierTopic.name, key: 'H44.1-BROKEN', headers: {}, value: Buffer.from('{') });
  return log;
}

/** What the ledger would have of a log. */
async function ledgerOf(log: InMemoryTopicLog) {
  const ledger = new InMemoryLedger(CASES);
  for (const topic of CASES.topics) {
    for (const record of log.of(topic)) {
      const read = readArrivedFact(CASES, record);
      if (read === 'ignored' || !read.ok) continue;
      const { id, known, partition } = read.value;
      const before = ledger.entries.get(id);
      const { entry } = addFacts(before?.entry, id, [known], CASES);
      if (entry !== undefined) await ledger.saveMany([{ entry, rev: before?.rev ?? 0, partition }]);
    }
  }
  return ledger;
}

/** Publishes the next edition of what the log has by then, from a ledger, and tells the topics. */
async function publish(log: InMemoryTopicLog, history: DecisionHistory, closing = FIRST_CLOSING): Promise<DecisionHistory> {
  const decisions = new InMemoryDecisions();
  decisions.stored.set(editionsKey(WEEK), { history, commands: [] });
  const reference = new ToldReference();
  for (const topic of [unitTopic, officerTopic]) reference.take(log.of(topic));
  const units = ['H44.1', 'H44.2', 'H45.1'] as UnitCode[];
  const figures = new EditionFigures({
    cases: await ledgerOf(log), petitions: new InMemoryLedger(PETITIONS), reference: reference.reference(), decisions, lateLists: new LateLists({ decisions }),
    readReference: () => Promise.resolve(), units: () => Promise.resolve(units),
  });
  const number = history.length + 1;
  const claim: EditionClaim = {
    ...WEEK, number, state: number === 1 ? 'official' : 'amended', publishedBy: null, claimedAt: closing,
    visibility: { knownBefore: closing, catalogKnownBefore: FIRST_CLOSING, exclusions: NOTHING_EXCLUDED },
  };
  const store = { findDocuments: () => Promise.resolve(published.texts) };
  const content = await new ComputeEdition({ decisions, store, hashOf, figures: () => figures }).contentOf(claim);
  if (!content.ok) throw new Error(content.error.code);
  const { manifest, documents } = content.value;
  for (const [hash, text] of documents) published.texts.set(hash, text);
  const edition: EditionPublished = {
    ...WEEK, number, state: claim.state, knownBefore: formatInstant(closing), manifest, sha256: hashOf(manifest), signature: `${'A'.repeat(86)}==`, keyId: '0'.repeat(16),
  };
  log.tell(decisionTopic, editionPublishedV1, editionsKey(WEEK), number, edition, closing);
  const sender = {
    send: (records: readonly OutgoingRecord[]) => {
      for (const record of records) log.send(record);
      return Promise.resolve();
    },
  };
  await new KafkaAnnouncements(sender, () => closing).announce({ published: edition, publishedAt: closing, retracted: null }, published.texts);
  return [...history, { type: editionPublishedV1.type, data: edition, sequence: number, recordedAt: closing }];
}

let published: { readonly texts: Map<string, string> };
let log: InMemoryTopicLog;
let history: DecisionHistory;
beforeEach(async () => {
  published = { texts: new Map() };
  log = topics();
  history = await publish(log, []);
});

const recomputed = async (from: InMemoryTopicLog, number?: number) =>
  (await recomputeFromTopics(from, hashOf, { province: WEEK.province, period: WEEK.period, number })).map(({ difference, listsAsPublished }) => ({ difference, listsAsPublished }));
const THE_SAME = { difference: null, listsAsPublished: [] };
const isFact = (key: string, sequence: number) => (record: { readonly key: Buffer | null; readonly headers: Readonly<Record<string, unknown>> }) =>
  String(record.key) === key && String(record.headers['ce_sequence']) === String(sequence);

describe('an edition that is computed again from the topics alone', () => {
  it('comes out as a ledger gave it, byte for byte', async () => {
    expect(await recomputed(log)).toEqual([THE_SAME]);
    expect(await recomputeFromTopics(log, hashOf, { province: 'H45' as UnitCode, period: undefined, number: undefined })).toEqual([]);
  });

  it('comes out so too when records came twice, and when others became known after its closing instant', async () => {
    log.passed(dossierTopic, SECOND_CLOSING);
    log.tell(dossierTopic, dossierFactContracts['dossier-received'], 'H44.2-UNKNOWN', 1, { unit: 'H44.2', procedure: '2.000815', channel: 'online', source: 'specs', pushed: true }, at('2026-11-03T08:00:00+07:00'));
    expect(await recomputed(log.with((record) => [record, record]))).toEqual([THE_SAME]);
  });

  it('and an amended one with its changes and causes, by what was known before its own closing instant', async () => {
    log.passed(dossierTopic, FIRST_CLOSING);
    log.tell(dossierTopic, dossierFactContracts['dossier-received'], 'H44.2-KNOWN-LATE', 1, { unit: 'H44.2', procedure: '2.000815', channel: 'online', source: 'specs', pushed: true }, at('2026-11-03T08:00:00+07:00'));
    await publish(log, history, SECOND_CLOSING);
    expect(await recomputed(log)).toEqual([THE_SAME, THE_SAME]);
    expect(await recomputed(log, 2)).toEqual([THE_SAME]);
    const otherwise = await recomputed(log.with((record) => (isFact('H44.2-KNOWN-LATE', 1)(record) ? [] : [record])));
    expect(otherwise).toEqual([THE_SAME, { difference: expect.stringMatching(/^the index of H44: index\..* was published as .* and comes out as .*/), listsAsPublished: [] }]);
  });

  it('is told with the first value that comes out otherwise, when a fact is not in the topics', async () => {
    const without = log.with((record) => (isFact('H44.2-FINE', 4)(record) ? [] : [record]));
    expect(await recomputed(without)).toEqual([{ difference: 'the index of H44: index.counts.ended was published as 2 and comes out as 1', listsAsPublished: [] }]);
  });

  it('is told when the topics of editions have another manifest, or not all of its documents, or nothing', async () => {
    const differenceWith = async (change: Parameters<InMemoryTopicLog['with']>[0]) => (await recomputed(log.with(change)))[0]?.difference;
    const issued = isFact('H44@2026-W45@1', 1);
    expect(await differenceWith((record) => (record.topic === editionTopic.name && issued(record) ? [] : [record]))).toBe('the topic of editions does not have it');
    expect(await differenceWith((record) => (record.topic === editionTopic.name && issued(record) ? [{ ...record, value: Buffer.from(String(record.value).replace('H44.1', 'H44.3')) }] : [record])))
      .toBe('the topic of editions has another manifest than the decision that published it');
    expect(await differenceWith((record) => (record.topic === lateOfficersTopic.name && issued(record) ? [] : [record]))).toMatch(/^\d of its documents are not whole on the topics$/);
  });
});

describe('an account that may not read what is known of officers', () => {
  beforeEach(() => log.refused.add(officerTopic.name));

  it('finds every hash, with the lists taken as published that follow from it', async () => {
    expect(await recomputed(log)).toEqual([{ difference: null, listsAsPublished: ['H44', 'H44.1'] }]);
  });
});
