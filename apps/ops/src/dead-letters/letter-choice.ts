import type { LoggedLetter } from '@index766/platform-kafka';
import { UsageFailure } from '../failure';
import { LETTER_TOPICS, type LetterTopic } from '../services/letter-desk';
import { causeOf } from './letter-table';

/** The dead-letter topics of a topic, a group or both; all of them when nothing is said. */
export function chooseTopics({ topic, group }: { readonly topic?: string | undefined; readonly group?: string | undefined }): readonly LetterTopic[] {
  const chosen = LETTER_TOPICS.filter((each) =>
    (topic === undefined || each.topic === topic || each.letters === topic) && (group === undefined || each.group === group));
  if (chosen.length > 0) return chosen;
  throw new UsageFailure(`No ${group === undefined ? 'group' : `group ${group}`} reads ${topic ?? 'a topic'}: lag shows groups and topics.`);
}

/** The name of a dead-letter topic of the manifest. */
export function topicNamed(name: string | undefined): string {
  const known = LETTER_TOPICS.find(({ letters }) => letters === name);
  if (!known) throw new UsageFailure(`${name ?? 'Nothing'} is no dead-letter topic: list shows their names.`);
  return known.letters;
}

export function offsetOf(text: string | undefined): bigint {
  if (text === undefined || !/^\d{1,18}$/.test(text)) throw new UsageFailure('An offset is a whole number, as list shows it.');
  return BigInt(text);
}

const CAUSES = ['refused', 'bug', 'conflict', 'unreadable'];

export function withCause(letters: readonly LoggedLetter[], cause: string | undefined): readonly LoggedLetter[] {
  if (cause === undefined) return letters;
  if (!CAUSES.includes(cause)) throw new UsageFailure(`--cause is one of ${CAUSES.join(', ')}.`);
  return letters.filter((letter) => causeOf(letter) === cause);
}
