import { decisionTopic } from '@index766/contracts-aggregator';
import { dossierTopic } from '@index766/contracts-dossiers';
import { paymentTopic } from '@index766/contracts-payments';
import { instantOf } from '@index766/kernel';

import type { KnownFact } from '../ledger';
import { at } from '../test/edition-world';
import { NOTHING_EXCLUDED, catalogKnownBy, seesFact, type Visibility } from './visibility';

const K = at('2026-11-23T08:59:00+07:00');
const STOPPED = at('2026-11-20T10:00:00+07:00');
const waived = { reason: 'lost-for-good', document: null };
const seeing = (exclusions: Partial<Visibility['exclusions']> = {}): Visibility => ({ knownBefore: K, catalogKnownBefore: K, exclusions: { ...NOTHING_EXCLUDED, ...exclusions } });
const fact = (topic: string, knownAt: number): KnownFact => ({
  knownAt: instantOf(knownAt), fact: { topic, sequence: 1, kind: 'any', occurredAt: K, recordedAt: K, timeBasis: 'stated', body: {} },
});
const isSeen = (visibility: Visibility, topic: string, knownAt: number, id = 'H44.1-1') => seesFact(visibility)(id, fact(topic, knownAt));

describe('an edition sees', () => {
  it('what was known before K, and nothing that became known then or later', () => {
    expect([K - 1, K, K + 1].map((knownAt) => isSeen(seeing(), dossierTopic.name, knownAt))).toEqual([true, false, false]);
  });

  it('of a waived subject nothing, on whatever topic, and of all others what it saw', () => {
    const visibility = seeing({ subjects: [{ id: 'H44.1-1', ...waived }] });
    for (const { name } of [dossierTopic, paymentTopic, decisionTopic]) expect([isSeen(visibility, name, K - 1), isSeen(visibility, name, K - 1, 'H44.1-2')]).toEqual([false, true]);
  });

  it('of a waived producer what was known before its last watermark, and of others all', () => {
    const visibility = seeing({ producers: [{ id: 'payments', before: STOPPED, ...waived }] });
    expect([STOPPED - 1, STOPPED].map((knownAt) => isSeen(visibility, paymentTopic.name, knownAt))).toEqual([true, false]);
    expect(isSeen(visibility, dossierTopic.name, K - 1)).toBe(true);
    // Never more than without the waiver.
    const later = seeing({ producers: [{ id: 'payments', before: instantOf(K + 10), ...waived }] });
    expect([K - 1, K].map((knownAt) => isSeen(later, paymentTopic.name, knownAt))).toEqual([true, false]);
  });

  it('of a waived source everything', () => {
    expect(isSeen(seeing({ sources: [{ id: 'one-stop', ...waived }] }), dossierTopic.name, K - 1)).toBe(true);
  });

  it('units, calendars and procedures up to K, or up to the last watermark of a waived catalog', () => {
    expect(catalogKnownBy(seeing())).toBe(K - 1);
    expect(catalogKnownBy(seeing({ producers: [{ id: 'catalog', before: STOPPED, ...waived }] }))).toBe(STOPPED - 1);
  });
});
