import { dossierFeedbackTopic, petitionTopic } from '@index766/contracts-feedback';
import { databaseName } from '@index766/testing-integration';
import { describeRestore } from '@index766/testing-suites';
import { RunningFeedback } from './running-feedback';

const numbered = (prefix: string, number: number) => `${prefix}${String(number).padStart(4, '0')}`;
/** As many are written at once, so that those before them are there. */
const BEHIND = 20;
const october = (day: number) => `2026-10-${String(day).padStart(2, '0')}T10:00:00+07:00`;

describeRestore({
  name: 'feedback',
  topics: [dossierFeedbackTopic, petitionTopic],
  // Tokens and what was written are on no topic (apps/feedback/README.md).
  collections: {
    dossier_feedback: ({ facts, slot }) => ({ facts: sorted(JSON.parse(String(facts))), slot }),
    petitions: ({ facts, todoOf, slot }) => ({ facts: sorted(JSON.parse(String(facts))), todoOf, slot }),
  },
  open: async () => {
    const feedback = await RunningFeedback.open(databaseName(__filename), { WATERMARK_INTERVAL_MS: '1000' });
    const source = await feedback.tokenFor(['source']);
    const desk = await feedback.tokenFor(['desk']);
    const rate = (number: number, verdict: number, day: number) => feedback.done(
      `/v1/dossiers/${numbered('H44.114-20261005-', number)}/record-rating`, { token: source, body: { verdict, occurredAt: october(day) } },
    );
    /** Rounds overlap: what was taken down before is refused, and changes nothing. */
    const command = async (number: number, name: string, body: object) => {
      const { status } = await feedback.command(`/v1/petitions/${numbered('PAKN.', number)}/${name}`, { token: desk, body });
      if (status !== 200 && status !== 409) throw new Error(`${name} was answered with ${status}`);
    };
    /** Dossier and petition `number` come in, the petition about the dossier; those before them are rated anew and answered. */
    const writeOne = async (number: number) => {
      await rate(number, 1 + (number % 5), 5);
      await command(number, 'receive', { unit: 'H44.114', class: 'other', about: { dossier: numbered('H44.114-20261005-', number) }, occurredAt: october(5) });
      if (number <= BEHIND) return;
      await rate(number - BEHIND, 1 + ((number + 1) % 5), 7);
      await command(number - BEHIND, 'answer', { occurredAt: october(8) });
    };
    return {
      kafka: feedback.kafka,
      documents: feedback.documents,
      startMember: (port) => feedback.startMember(port),
      stopMembers: () => feedback.stopMembers(),
      write: async (from, to) => {
        for (let start = from; start <= to; start += BEHIND) {
          await Promise.all(Array.from({ length: Math.min(BEHIND, to - start + 1) }, (_, index) => writeOne(start + index)));
        }
        await feedback.untilSent();
      },
      close: () => feedback.stop(),
    };
  },
});

/** Bodies of facts come back from the topic with their fields in another order. */
function sorted(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part));
}
