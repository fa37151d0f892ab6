import { answer, type AnswerSchema } from '@index766/platform-http';

const { text, instant, whole, flag, list, nullable, object, record } = answer;

/** What a command is answered with. */
export const COMMAND_ANSWER: AnswerSchema = object({
  dossier: text,
  facts: list(object({ kind: text, sequence: whole, occurredAt: instant, recordedAt: instant })),
});

const since = nullable(instant);

/** The papers of a dossier as GET shows them (`documentsJson`). */
export const DOCUMENTS_ANSWER: AnswerSchema = object({
  dossier: text,
  unit: text,
  standing: object({
    digitised: flag, reused: flag, populationData: flag, resultIssued: flag, personalStore: flag, signedAndArchived: flag,
  }),
  components: list(object({ component: nullable(text), attachment: nullable(text), digitisedAt: since, reusedAt: since, fromPersonalStoreAt: since })),
  populationData: list(object({ by: text, database: nullable(text), usedAt: since })),
  results: list(object({ result: nullable(text), issuedAt: since, signedAt: since, archivedAt: since, linkedAt: since })),
  facts: list(object({ sequence: whole, kind: text, occurredAt: instant, recordedAt: instant, timeBasis: text, backfill: flag, body: record({}) })),
  denied: list(object({ kind: text, statedAt: instant }, { component: text, attachment: text, by: text, database: text, result: text })),
  missingIntakeRecords: list(whole),
});
