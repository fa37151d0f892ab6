import { decodeRecord } from '@index766/contracts-envelope';
import { dossierFeedbackTopic, petitionTopic } from '@index766/contracts-feedback';
import type { OutboxRecord } from '@index766/platform-mongo';
import { emptyFeedback, type DossierFeedback } from '../domain/dossier-feedback';
import { linksOf, type Petition } from '../domain/petition';
import { reportRating, withdrawRating } from '../domain/rate-dossier';
import { feedbackRecord, petitionRecord } from '../publishing/feedback.records';
import { DAY_MS, DOSSIER, EARLIER, LATER, PETITION, UNIT, october, petitionAfter, valueOf } from '../test/spoken';
import { foldBackFeedback, foldBackPetition } from './feedback-fold-back';
import { feedbackFields, reconstituteFeedback, type FeedbackFields } from './feedback.mapper';
import { petitionFields, reconstitutePetition, type PetitionFields } from './petition.mapper';

const decoded = <Topic extends Parameters<typeof decodeRecord>[0]>(topic: Topic, { key, headers, value }: OutboxRecord) => {
  const record = decodeRecord(topic, { key: Buffer.from(key), headers: { ...headers }, value: Buffer.from(value ?? '') });
  return valueOf(record);
};

const RATED = (() => {
  const report = (state: DossierFeedback, verdict: 1 | 5, day: string) =>
    valueOf(reportRating(state, { verdict, at: october(`${day} 09:00`), by: 'kiosk' }, LATER, 30 * DAY_MS)).state;
  const once = report(report(emptyFeedback(DOSSIER), 1, '05'), 5, '06');
  return report(valueOf(withdrawRating(once, { reasonCode: 'R', by: 'reviewer', at: october('07 09:00') }, LATER)).state, 5, '08');
})();
const PETITIONED = petitionAfter(
  { command: 'receive', unit: UNIT, class: 'conduct', about: { dossier: DOSSIER, petition: EARLIER }, text: 'the petition', occurredAt: october('05 08:30') },
  { command: 'answer', occurredAt: october('06 08:30') }, { command: 'rate-answer', satisfied: true, occurredAt: october('07 08:30') },
);
const SETTLED: Petition = { ...PETITIONED, pendingLinks: [] };

describe('facts that a topic has and a copy of the database lacks', () => {
  it.each([0, 1, 2, 3, 4])('come back to a dossier whose copy has the first %d, from any overlap', (known) => {
    for (let from = 0; from <= known; from += 1) {
      const copy = { ...RATED, facts: RATED.facts.slice(0, known), issued: RATED.issued.slice(0, known < 4 ? Math.min(known, 1) : 2), withdrawals: [] };
      const folded = valueOf(foldBackFeedback(
        DOSSIER, known === 0 ? undefined : { ...feedbackFields(copy), commands: [] }, RATED.facts.slice(from).map((fact) => decoded(dossierFeedbackTopic, feedbackRecord(fact, {}))),
      ));
      const restored = folded === undefined ? undefined : reconstituteFeedback(DOSSIER, folded.set as FeedbackFields);
      expect([restored?.facts, restored?.issued.map(({ rating }) => rating)]).toEqual(known === 4 ? [undefined, undefined] : [RATED.facts, ['1', '2']]);
    }
  });

  it.each([0, 1, 2, 3])('come back to a petition whose copy has the first %d, and what they concern is told again', (known) => {
    const copy = { ...SETTLED, facts: SETTLED.facts.slice(0, known) };
    const folded = valueOf(foldBackPetition(
      PETITION, known === 0 ? undefined : { ...petitionFields(copy).set, commands: [] }, SETTLED.facts.map((fact) => decoded(petitionTopic, petitionRecord(fact, {}))),
    ));
    const restored = folded === undefined ? undefined : reconstitutePetition(PETITION, folded.set as PetitionFields);
    const links = linksOf(SETTLED.facts.slice(0, known), SETTLED.facts.slice(known));
    expect([restored?.facts, restored?.pendingLinks]).toEqual(known === 3 ? [undefined, undefined] : [SETTLED.facts, links]);
    expect(links).toHaveLength(known === 0 ? 2 : 0);
  });

  it('are refused with a gap before them, or with another content than the copy has', () => {
    const fold = (copy: DossierFeedback | undefined, facts: DossierFeedback['facts']) => {
      const folded = foldBackFeedback(DOSSIER, copy && { ...feedbackFields(copy), commands: [] }, facts.map((fact) => decoded(dossierFeedbackTopic, feedbackRecord(fact, {}))));
      return folded.ok ? 'done' : folded.error.code;
    };
    const changed = RATED.facts.map((fact) => ({ ...fact, recordedAt: fact.occurredAt }));
    expect([fold(undefined, RATED.facts.slice(1)), fold(RATED, changed), fold(RATED, RATED.facts)]).toEqual(['RESTORE.RECORDS_MISSING', 'RESTORE.OTHER_CONTENT', 'done']);
  });
});
