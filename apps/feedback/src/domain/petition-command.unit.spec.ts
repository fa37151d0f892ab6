import { instantOf, type PetitionId, type UnitCode } from '@index766/kernel';
import { foldPetition } from '@index766/petition-life';
import { DAY_MS, DOSSIER, EARLIER, LATER, NOBODYS_UNIT, OTHER_UNIT, PETITION, RULES, codeOf, october, petitionAfter, received, valueOf } from '../test/spoken';
import { issueAnswerToken } from './answer-token';
import { emptyPetition, linksOf, takeRepetition } from './petition';
import { decidePetition, type PetitionCommand } from './petition-command';
import { OBSTACLES, PETITION_TABLE, statusAt, type PetitionCommandName, type PetitionStatus } from './petition-table';

const at = (day: string) => ({ occurredAt: october(`${day} 09:00`) });
const COMMANDS: Readonly<Record<PetitionCommandName, PetitionCommand>> = {
  receive: received('10 09:00'),
  classify: { command: 'classify', class: 'rules', ...at('10') },
  transfer: { command: 'transfer', unit: OTHER_UNIT, ...at('10') },
  refuse: { command: 'refuse', ...at('10') },
  'request-supplement': { command: 'request-supplement', ...at('10') },
  'complete-supplement': { command: 'complete-supplement', ...at('10') },
  answer: { command: 'answer', ...at('10') },
  publish: { command: 'publish', ...at('10') },
  'rate-answer': { command: 'rate-answer', satisfied: false, ...at('10') },
  'change-about': { command: 'change-about', about: { dossier: DOSSIER }, ...at('10') },
};

const LIVES: Readonly<Record<PetitionStatus, readonly PetitionCommand[]>> = {
  unknown: [],
  open: [received()],
  waiting: [received(), { command: 'request-supplement', ...at('06') }],
  refused: [received(), { command: 'refuse', ...at('06') }],
  answered: [received(), { command: 'answer', ...at('06') }],
  published: [received(), { command: 'answer', ...at('06') }, { command: 'publish', ...at('07') }],
};

const CELLS = (Object.keys(LIVES) as PetitionStatus[]).flatMap((status) => (Object.keys(COMMANDS) as PetitionCommandName[]).map((name) => [status, name] as const));

describe('the table of commands', () => {
  it.each(CELLS)('%s: %s is decided as it says', (status, name) => {
    const state = petitionAfter(...LIVES[status]);
    expect(statusAt(state.facts, LATER)).toBe(status);
    const verdict = PETITION_TABLE[status][name];
    expect(codeOf(decidePetition(state, COMMANDS[name], LATER, RULES))).toBe(verdict === 'allowed' ? 'done' : verdict);
  });

  it('uses every refusal that it explains', () => {
    const used = new Set<string>(Object.values(PETITION_TABLE).flatMap((row) => Object.values(row)));
    expect(Object.keys(OBSTACLES).filter((code) => !used.has(code))).toEqual([]);
  });
});

describe('a command is judged', () => {
  it('against the state at its own instant', () => {
    const waited = petitionAfter(...LIVES.waiting, { command: 'complete-supplement', ...at('08') });
    expect(codeOf(decidePetition(waited, { command: 'classify', class: 'rules', occurredAt: october('05 08:00') }, LATER, RULES))).toBe('PETITION.UNKNOWN');
    expect(codeOf(decidePetition(waited, { command: 'answer', ...at('09') }, LATER, RULES))).toBe('done');
  });

  it('never before an end that is known: neither a second end nor a request that would have been in time', () => {
    const answered = petitionAfter(received(), { command: 'answer', ...at('28') });
    const early: readonly PetitionCommand[] = [
      { command: 'answer', ...at('12') }, { command: 'refuse', ...at('06') }, { command: 'request-supplement', ...at('06') }, { command: 'transfer', unit: OTHER_UNIT, ...at('06') },
    ];
    expect(early.map((command) => codeOf(decidePetition(answered, command, LATER, RULES)))).toEqual(early.map(() => 'PETITION.ALREADY_ANSWERED'));
  });

  it('never in the future, and only for units that the catalog has', () => {
    expect(codeOf(decidePetition(emptyPetition(PETITION), received('05 08:30'), october('05 08:29'), RULES))).toBe('FEEDBACK.IN_FUTURE');
    expect(codeOf(decidePetition(petitionAfter(received()), { command: 'transfer', unit: NOBODYS_UNIT, ...at('06') }, LATER, RULES))).toBe('PETITION.UNIT_UNKNOWN');
  });

  it('takes a receipt once, whenever it was', () => {
    expect(codeOf(decidePetition(petitionAfter(received()), received('01 08:30'), LATER, RULES))).toBe('PETITION.ALREADY_RECEIVED');
  });

  it('takes another word on the answer for as long as it may be changed', () => {
    const rated = petitionAfter(received(), { command: 'answer', ...at('06') }, { command: 'rate-answer', satisfied: false, ...at('07') });
    const again = (offset: number): PetitionCommand => ({ command: 'rate-answer', satisfied: true, occurredAt: instantOf(october('07 09:00') + 7 * DAY_MS + offset) });
    expect([0, 1].map((offset) => codeOf(decidePetition(rated, again(offset), LATER, RULES)))).toEqual(['done', 'RATING.CHANGE_TOO_LATE']);
  });

  it('leads to no fact where it says nothing new', () => {
    const state = petitionAfter(received(), { command: 'change-about', about: { dossier: DOSSIER }, ...at('06') });
    const same: readonly PetitionCommand[] = [
      { command: 'classify', class: 'conduct', ...at('07') }, { command: 'transfer', unit: 'H44.114' as UnitCode, ...at('07') },
      { command: 'change-about', about: { dossier: DOSSIER }, ...at('07') },
    ];
    expect(same.map((command) => valueOf(decidePetition(state, command, LATER, RULES)).facts)).toEqual([[], [], []]);
  });
});

describe('what a source tells once more, long after its Idempotency-Key was forgotten', () => {
  const told: readonly PetitionCommand[] = [
    { ...received(), text: 'the petition' } as PetitionCommand, { command: 'request-supplement', ...at('06') }, { command: 'complete-supplement', ...at('07') },
    { command: 'answer', ...at('08') }, { command: 'publish', ...at('09') }, { command: 'rate-answer', satisfied: false, ...at('10') },
  ];

  it('leads to no fact, in whatever status it comes', () => {
    const state = petitionAfter(...told);
    expect(told.map((command) => valueOf(decidePetition(state, command, LATER, RULES)).facts)).toEqual(told.map(() => []));
    expect(told.map((command) => valueOf(decidePetition(state, command, LATER, RULES)).state)).toEqual(told.map(() => state));
  });

  it.each<[string, PetitionCommand]>([
    ['instant', received('05 08:31')], ['class', { ...received(), class: 'rules' } as PetitionCommand], ['unit', { ...received(), unit: OTHER_UNIT } as PetitionCommand],
    ['words', { ...received(), text: 'another petition' } as PetitionCommand],
  ])('is refused as before with another %s', (_, command) => {
    expect(codeOf(decidePetition(petitionAfter(...told), command, LATER, RULES))).toBe('PETITION.ALREADY_RECEIVED');
  });

  it('is judged anew where it states no instant', () => {
    const { occurredAt: _, ...now } = received() as PetitionCommand & { occurredAt: unknown };
    expect(codeOf(decidePetition(petitionAfter(...told), now as PetitionCommand, LATER, RULES))).toBe('PETITION.ALREADY_RECEIVED');
  });
});

describe('what was written', () => {
  it('is kept beside the facts and stands in none of them', () => {
    const state = petitionAfter({ ...received(), text: 'the petition' } as PetitionCommand, { command: 'answer', text: 'the answer', ...at('06') });
    expect(state.texts.map(({ of, text }) => [of, text])).toEqual([['petition', 'the petition'], ['answer', 'the answer']]);
    expect(JSON.stringify(state.facts)).not.toContain('the answer');
  });
});

describe('a petition that is about something', () => {
  const about: PetitionCommand = { command: 'receive', unit: 'H44.114' as UnitCode, class: 'other', about: { petition: EARLIER, dossier: DOSSIER }, occurredAt: october('05 08:30') };

  it('has to tell it, from its receipt on, and takes back what it is not about any more', () => {
    const state = petitionAfter(about, { command: 'change-about', about: { dossier: DOSSIER }, ...at('06') });
    expect(state.pendingLinks).toEqual([
      { to: 'dossier', dossier: DOSSIER, linked: true, at: october('05 08:30'), recordedAt: LATER },
      { to: 'petition', petition: EARLIER, linked: true, at: october('05 08:30'), recordedAt: LATER },
      { to: 'petition', petition: EARLIER, linked: false, at: october('06 09:00'), recordedAt: LATER },
    ]);
    expect(linksOf([], state.facts)).toEqual(state.pendingLinks);
  });

  it('is never about itself', () => {
    expect(codeOf(decidePetition(petitionAfter(received()), { command: 'change-about', about: { petition: PETITION }, ...at('06') }, LATER, RULES))).toBe('PETITION.ABOUT_ITSELF');
  });

  it('is told once, whatever comes again', () => {
    const by = 'PAKN.9' as PetitionId;
    const told = valueOf(takeRepetition(petitionAfter(received()), { by, linked: true, at: october('07 09:00') }, LATER));
    const again = valueOf(takeRepetition(told.state, { by, linked: true, at: october('07 09:00') }, LATER));
    expect([told.facts.length, again.facts.length, foldPetition(again.state.facts).repetitions.length]).toEqual([1, 0, 1]);
  });
});

describe('a token for the answer', () => {
  const issue = (state: Parameters<typeof issueAnswerToken>[0]) => issueAnswerToken(state, { hashOf: (number) => `hash ${number}`, by: 'desk' }, LATER);

  it('is issued once there is one, the next one with the next number, and not without end', () => {
    expect(codeOf(issue(petitionAfter(received())))).toBe('PETITION.NOT_ANSWERED');
    let { state } = valueOf(issue(petitionAfter(received(), { command: 'answer', ...at('06') })));
    for (let more = 1; more < 50; more += 1) ({ state } = valueOf(issue(state)));
    expect([state.tokens.length, state.tokens.at(-1)?.hash, codeOf(issue(state))]).toEqual([50, 'hash 50', 'RATING.TOO_MANY_ISSUED']);
  });
});
