import { dossierFeedbackTopic, petitionTopic } from '@index766/contracts-feedback';
import { databaseName } from '@index766/testing-integration';
import { describeBadInput, storedState } from '@index766/testing-suites';
import { RunningFeedback } from './running-feedback';

const DOSSIERS = ['H44.114-20261005-0001', 'H44.114-20261005-0002', 'H44.114-20261005-0003'];
const COLLECTIONS = [['dossier_feedback', dossierFeedbackTopic.name], ['petitions', petitionTopic.name]] as const;

interface StoredFacts {
  readonly _id: string;
  /** JSON: a list, in the order of the sequence. */
  readonly facts: string;
}

describeBadInput({
  name: 'feedback',
  start: async () => {
    const feedback = await RunningFeedback.start(databaseName(__filename));
    const administrator = await feedback.tokenFor(['administrator']);
    const questions = [{ code: 'C1', vi: 'Hướng dẫn', en: 'Guidance' }];
    const { status } = await feedback.put('/v1/surveys/2026', { token: administrator, body: { questions } });
    if (status !== 200) throw new Error(`the questions were answered with ${status}`);
    return {
      url: feedback.url,
      token: await feedback.tokenFor(['desk', 'source', 'operator', 'reviewer', 'replay', 'administrator'], ['*']),
      state: async () => {
        // Whom a petition concerns learns of it after the answer.
        await feedback.untilSent();
        return storedState(feedback.documents.db, ['dossier_feedback', 'petitions', 'surveys', 'survey_answers']);
      },
      checkWhole: () => checkWhole(feedback),
      stop: () => feedback.stop(),
    };
  },
  // Commands that the state of a rating or a petition may speak against are not among them, nor what needs a token.
  done: ['RatingsController.show', 'PetitionsController.inWork', 'SurveysController.questions', 'SurveysController.count'],
  parameters: {
    // Both a dossier and a petition may have such a code.
    id: DOSSIERS,
    unit: ['H44.114'],
    year: ['2026'],
    after: [DOSSIERS[0] ?? ''],
    limit: ['1', '200'],
    'Idempotency-Key': Array.from({ length: 30 }, (_, index) => `key-${index}`),
    'X-Recorded-At': ['2026-10-05T02:00:00.000Z', '2026-10-20T02:00:00.000Z'],
  },
});

/** Each topic has each stored fact of its documents, numbered from 1, and no other. */
async function checkWhole(feedback: RunningFeedback): Promise<void> {
  await feedback.untilSent();
  for (const [collection, topic] of COLLECTIONS) {
    const sent = new Map<string, Set<number>>();
    for (const { key, headers } of await feedback.records(topic)) sent.set(key, (sent.get(key) ?? new Set()).add(Number(headers['ce_sequence'])));
    expect(sent.size).toBeGreaterThan(0);
    for (const { _id, facts } of await feedback.documents.db.collection<StoredFacts>(collection).find({}).toArray()) {
      const sequences = (JSON.parse(facts) as readonly unknown[]).map((_, index) => index + 1);
      expect([_id, [...sent.get(_id) ?? []].sort((a, b) => a - b)]).toEqual([_id, sequences]);
    }
  }
}
