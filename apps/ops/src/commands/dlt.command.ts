import { userInfo } from 'node:os';
import type { LoggedLetter } from '@index766/platform-kafka';
import { readOptions } from '../command-line';
import { causeOf, LETTER_COLUMNS, letterJson, letterSheet, RESOLVED_COLUMNS } from '../dead-letters/letter-table';
import { chooseTopics, offsetOf, topicNamed, withCause } from '../dead-letters/letter-choice';
import { EXIT, OpsFailure, UsageFailure } from '../failure';
import { loadBrokerConfig } from '../ops.config';
import { LetterDesk } from '../services/letter-desk';
import { tableText } from '../showing/table';
import type { Command } from './command';

type Out = (text: string) => void;
type Action = (desk: LetterDesk, args: readonly string[], out: Out) => Promise<number>;

const isOpen = ({ resolution }: LoggedLetter): boolean => resolution === undefined;
const CHOICE = { topic: { type: 'string' }, group: { type: 'string' }, cause: { type: 'string' } } as const;
const BY = { by: { type: 'string' } } as const;

const list: Action = async (desk, args, out) => {
  const { values } = readOptions(args, { ...CHOICE, all: { type: 'boolean' }, json: { type: 'boolean' } });
  const all = withCause(await desk.list(chooseTopics(values)), values.cause);
  const shown = values.all === true ? all : all.filter(isOpen);
  if (values.json === true) out(shown.map((letter) => `${JSON.stringify(letterJson(letter))}\n`).join(''));
  else if (shown.length > 0) out(tableText(values.all === true ? RESOLVED_COLUMNS : LETTER_COLUMNS, shown));
  else out('Không có gì để riêng / Nothing is set aside\n');
  return EXIT.done;
};

const show: Action = async (desk, args, out) => {
  const { values, positionals } = readOptions(args, { value: { type: 'boolean' } }, 2);
  const letter = await letterAt(desk, positionals);
  out(letterSheet(letter, await desk.originalOf(letter), values.value === true));
  return EXIT.done;
};

const replay: Action = async (desk, args, out) => {
  const { values, positionals } = readOptions(args, { ...CHOICE, ...BY, all: { type: 'boolean' } }, 2);
  if ((values.all === true) === (positionals.length > 0)) throw new UsageFailure('replay takes a dead-letter topic and an offset, or --all.');
  const found = values.all === true ? withCause(await desk.list(chooseTopics(values)), values.cause) : [await letterAt(desk, positionals)];
  const chosen = found.filter(isOpen);
  if (values.all !== true) sayWhatIsResolved(found, out);
  const { replayed, superseded, unreadable } = await desk.replay(chosen, values.by ?? userInfo().username);
  out(`${replayed.length} sent again and resolved.\n`);
  for (const letter of superseded) out(`${placeOf(letter)} was left: its topic has a later record of the key. Drop it.\n`);
  for (const letter of unreadable) out(`${placeOf(letter)} was left: it does not say where it belongs. Look at it and drop it.\n`);
  return replayed.length === chosen.length ? EXIT.done : EXIT.failed;
};

const drop: Action = async (desk, args, out) => {
  const { values, positionals } = readOptions(args, { ...BY, reason: { type: 'string' } }, 2);
  const reason = values.reason?.trim() ?? '';
  if (reason === '') throw new UsageFailure('drop takes --reason: why the record is given up.');
  const letter = await letterAt(desk, positionals);
  sayWhatIsResolved([letter], out);
  if (!isOpen(letter)) return EXIT.done;
  await desk.drop(letter, reason, values.by ?? userInfo().username);
  out(`${placeOf(letter)} (${causeOf(letter)}) is given up.\n`);
  return EXIT.done;
};

const ACTIONS: ReadonlyMap<string | undefined, Action> = new Map([['list', list], ['show', show], ['replay', replay], ['drop', drop]]);

export const dltCommand: Command = {
  name: 'dlt',
  usage: [
    'dlt list [--topic TOPIC] [--group GROUP] [--cause refused|bug|conflict] [--all] [--json]', 'dlt show DEAD_LETTER_TOPIC OFFSET [--value]',
    'dlt replay (DEAD_LETTER_TOPIC OFFSET | --all [--topic TOPIC] [--group GROUP] [--cause CAUSE]) [--by NAME]',
    'dlt drop DEAD_LETTER_TOPIC OFFSET --reason TEXT [--by NAME]',
  ].join('\n       '),
  purpose: 'list, look at, send again or give up records that a consumer set aside',
  run: async ([name, ...args], out) => {
    const action = ACTIONS.get(name);
    if (!action) throw new UsageFailure('dlt takes list, show, replay or drop.');
    const desk = new LetterDesk(loadBrokerConfig());
    try {
      return await action(desk, args, out);
    } finally {
      await desk.close();
    }
  },
};

async function letterAt(desk: LetterDesk, [topic, offset]: readonly string[]): Promise<LoggedLetter> {
  const letters = topicNamed(topic);
  const letter = await desk.find(letters, offsetOf(offset));
  if (!letter) throw new OpsFailure(`${letters} has no letter at offset ${offset ?? ''}.`);
  return letter;
}

/** A second time changes nothing, and says so. */
function sayWhatIsResolved(letters: readonly LoggedLetter[], out: Out): void {
  for (const letter of letters) {
    if (letter.resolution) out(`${placeOf(letter)} is resolved already: ${letter.resolution.outcome} by ${letter.resolution.by}.\n`);
  }
}

function placeOf({ letters, offset }: LoggedLetter): string {
  return `${letters} ${offset}`;
}
