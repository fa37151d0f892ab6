import { dossierFeedbackTopic, petitionTopic } from '@index766/contracts-feedback';
import type { Role } from '@index766/platform-auth';
import { databaseName, until } from '@index766/testing-integration';
import type { PetitionCommandName } from '../domain/petition-table';
import { RunningFeedback } from './running-feedback';

interface Given {
  readonly command: PetitionCommandName;
  readonly body: Readonly<Record<string, unknown>>;
}

let feedback: RunningFeedback;
let desk: string;
let portal: string;
beforeAll(async () => {
  feedback = await RunningFeedback.start(databaseName(__filename));
  desk = await feedback.tokenFor(['desk'], ['H44.114', 'H44.27']);
  portal = await feedback.tokenFor(['source'], ['H44']);
  await feedback.unit('H44.27', 'H44');
  await feedback.unit('H44.114', 'H44');
  const probe = newPetition();
  await give(probe, receive);
  await until(async () => (await give(probe, transfer)).status === 200, { what: 'the units to be known' });
}, 120_000);
afterAll(() => feedback.stop());

let count = 0;
const newPetition = () => `PAKN.20261005.${String((count += 1)).padStart(4, '0')}`;
const TEXT = 'Cán bộ hướng dẫn hồ sơ chưa đầy đủ';

const october = (day: number) => `2026-10-${String(day).padStart(2, '0')}T10:00:00+07:00`;
const receive: Given = { command: 'receive', body: { unit: 'H44.114', class: 'conduct', text: TEXT, occurredAt: october(5) } };
const classify: Given = { command: 'classify', body: { class: 'rules', occurredAt: october(6) } };
const transfer: Given = { command: 'transfer', body: { unit: 'H44.27', occurredAt: october(6) } };
const refuse: Given = { command: 'refuse', body: { reasonCode: 'NOT_A_PETITION', occurredAt: october(6) } };
const ask: Given = { command: 'request-supplement', body: { occurredAt: october(7) } };
const complete: Given = { command: 'complete-supplement', body: { text: 'Bổ sung', occurredAt: october(9) } };
const answer: Given = { command: 'answer', body: { text: 'Trả lời', occurredAt: october(12) } };
const publish: Given = { command: 'publish', body: { occurredAt: october(13) } };
const rate: Given = { command: 'rate-answer', body: { satisfied: false, occurredAt: october(14) } };
const about: Given = { command: 'change-about', body: { about: { dossier: 'H44.114-20261005-0001' }, occurredAt: october(6) } };

const give = (petition: string, { command, body }: Given, token: string = command === 'rate-answer' ? portal : desk, headers: Readonly<Record<string, string>> = {}) =>
  feedback.command(`/v1/petitions/${petition}/${command}`, { token, body, headers });

const given = async (petition: string, ...commands: readonly Given[]) => {
  for (const each of commands) {
    const response = await give(petition, each);
    if (response.status !== 200) throw new Error(`${each.command}: ${await response.text()}`);
  }
};
const shown = (petition: string) => feedback.shown(`/v1/petitions/${petition}`, desk);

interface CommandCase {
  readonly given: readonly Given[];
  readonly when: Given;
  readonly then: string;
  /** What is refused, after which commands. */
  readonly refused: readonly (readonly [string, readonly Given[], Given])[];
  /** Said again with a later instant; with the same one it changes nothing. */
  readonly again: 200 | 409;
}

const changed = ({ command, body }: Given, changes: Readonly<Record<string, unknown>>): Given => ({ command, body: { ...body, ...changes } });

const anHourLater = (each: Given): Given => changed(each, { occurredAt: new Date(Date.parse(String(each.body['occurredAt'])) + 3_600_000).toISOString() });

const CASES: Readonly<Record<PetitionCommandName, CommandCase>> = {
  receive: { given: [], when: receive, then: 'petition-received', again: 409, refused: [['FEEDBACK.IN_FUTURE', [], changed(receive, { occurredAt: '2099-01-01T00:00:00Z' })]] },
  classify: { given: [receive], when: classify, then: 'petition-classified', again: 200, refused: [['PETITION.UNKNOWN', [receive], changed(classify, { occurredAt: october(1) })]] },
  transfer: {
    given: [receive], when: transfer, then: 'petition-transferred', again: 200,
    refused: [['PETITION.UNIT_UNKNOWN', [receive], changed(transfer, { unit: 'H44.9999' })], ['PETITION.ALREADY_REFUSED', [receive, refuse], changed(transfer, { occurredAt: october(8) })]],
  },
  refuse: { given: [receive], when: refuse, then: 'petition-refused', again: 409, refused: [['PETITION.ALREADY_ANSWERED', [receive, answer], changed(refuse, { occurredAt: october(13) })]] },
  'request-supplement': { given: [receive], when: ask, then: 'petition-supplement-requested', again: 409, refused: [['PETITION.ALREADY_ANSWERED', [receive, answer], ask]] },
  'complete-supplement': { given: [receive, ask], when: complete, then: 'petition-supplement-completed', again: 409, refused: [['PETITION.NO_SUPPLEMENT_REQUESTED', [receive], complete]] },
  answer: { given: [receive], when: answer, then: 'petition-answered', again: 409, refused: [['PETITION.ALREADY_ANSWERED', [receive, answer], changed(answer, { occurredAt: october(8) })]] },
  publish: { given: [receive, answer], when: publish, then: 'petition-published', again: 409, refused: [['PETITION.NOT_ANSWERED', [receive], publish]] },
  'rate-answer': { given: [receive, answer], when: rate, then: 'answer-rated', again: 200, refused: [['PETITION.NOT_ANSWERED', [receive], rate]] },
  'change-about': { given: [receive], when: about, then: 'petition-about-changed', again: 200, refused: [['PETITION.UNKNOWN', [receive], changed(about, { occurredAt: october(1) })]] },
};

describe.each(Object.entries(CASES) as [PetitionCommandName, CommandCase][])('the command %s', (name, { given: before, when, then, refused, again }) => {
  it('leads to its fact, and to the same answer when it is repeated under its key', async () => {
    const petition = newPetition();
    await given(petition, ...before);
    const key = { 'Idempotency-Key': `again-${petition}` };
    const response = await give(petition, when, undefined, key);
    const first = (await response.json()) as { readonly facts: readonly { readonly kind: string }[] };
    expect([response.status, first.facts.map(({ kind }) => kind)]).toEqual([200, [then]]);
    expect(await (await give(petition, when, undefined, key)).json()).toEqual(first);
    expect(await (await give(petition, when)).json()).toMatchObject({ facts: [] });
    expect((await give(petition, anHourLater(when))).status).toBe(again);
    expect((await feedback.untilKinds(petitionTopic.name, petition, before.length + 1)).at(-1)).toBe(then);
  });

  it('is refused without a token, with another role, and for a unit that the token does not cover', async () => {
    const petition = newPetition();
    await given(petition, ...before);
    const withToken = async (roles: readonly Role[], units: readonly string[]) => give(petition, when, await feedback.tokenFor(roles, units));
    const wrongRole: Role = name === 'rate-answer' ? 'desk' : 'source';
    const rightRole: Role = name === 'rate-answer' ? 'source' : 'desk';
    const problems = [
      await feedback.command(`/v1/petitions/${petition}/${name}`, { body: when.body }), await withToken([wrongRole], ['H44']), await withToken([rightRole], ['H45']),
    ];
    expect(await Promise.all(problems.map((problem) => problem.json()))).toMatchObject([
      { code: 'AUTH.MISSING_TOKEN' }, { code: 'AUTH.MISSING_ROLE' }, { code: 'AUTH.UNIT_OUT_OF_SCOPE' },
    ]);
  });

  it.each(refused)('is refused with %s, and nothing changes', async (code, commands, refusedCommand) => {
    const petition = newPetition();
    await given(petition, ...commands);
    expect(await (await give(petition, refusedCommand)).json()).toMatchObject({ code });
    const facts = await feedback.documents.db.collection<{ _id: string; facts: string }>('petitions').findOne({ _id: petition });
    expect((JSON.parse(facts?.facts ?? '[]') as readonly unknown[]).length).toBe(commands.length);
  });
});

describe('a command', () => {
  it.each<[string, Given, string]>([
    ['a class that is none', changed(receive, { class: 'weather' }), 'class'],
    ['a text that is empty', changed(receive, { text: '' }), 'text'],
    ['a text that is null', changed(receive, { text: null }), 'text'],
    ['a dossier that is a sentence', changed(receive, { about: { dossier: 'of Mr Example!' } }), 'about.dossier'],
    ['a sentence for a reason', changed(refuse, { reasonCode: 'because it is' }), 'reasonCode'],
    ['an instant without an offset', changed(answer, { occurredAt: '2026-10-09T10:00:00' }), 'occurredAt'],
    ['a field that is not documented', changed(answer, { note: 'x' }), 'note'],
    ['a satisfaction that is a word', changed(rate, { satisfied: 'yes' }), 'satisfied'],
  ])('is refused as a request: %s', async (_case, command, at) => {
    const response = await give(newPetition(), command);
    expect([response.status, await response.json()]).toMatchObject([400, { errors: expect.arrayContaining([expect.objectContaining({ path: at })]) }]);
  });
});

describe('a petition', () => {
  it('is shown with its life, what was written, and what is due', async () => {
    const petition = newPetition();
    await given(petition, receive, ask, complete, answer);
    expect(await shown(petition)).toMatchObject({
      petition, unit: 'H44.114', class: 'conduct', stage: 'answered',
      dues: { refuse: null, ask: null, answer: null, publish: { dueAt: '2026-10-14T17:00:00.000Z' } },
      texts: [{ of: 'petition', text: TEXT }, { of: 'supplement' }, { of: 'answer' }],
    });
  });

  it('leaves no text on its topic', async () => {
    const petition = newPetition();
    await given(petition, receive, answer);
    await feedback.untilKinds(petitionTopic.name, petition, 2);
    const records = await feedback.records(petitionTopic.name, petition);
    expect(JSON.stringify(records.map(({ value, headers }) => [value?.toString('utf8'), headers]))).not.toContain('Cán bộ');
  });

  it('stands in the list of the unit that has it until it is published or refused', async () => {
    const petition = newPetition();
    const list = async (unit: string) => {
      const { petitions } = await feedback.shown<{ petitions: readonly { petition: string }[] }>(`/v1/units/${unit}/petitions?limit=1000`, desk);
      return petitions.filter((each) => each.petition === petition);
    };
    await given(petition, receive);
    expect(await list('H44.114')).toMatchObject([{
      stage: 'open', dues: { refuse: { dueAt: '2026-10-07T17:00:00.000Z', overdue: true }, ask: { dueAt: '2026-10-12T17:00:00.000Z' }, answer: { dueAt: '2026-10-26T17:00:00.000Z' } },
    }]);
    await given(petition, transfer);
    expect([await list('H44.114'), (await list('H44.27')).length]).toEqual([[], 1]);
    await given(petition, answer);
    expect(await list('H44.27')).toMatchObject([{ stage: 'answered', dues: { answer: null } }]);
    await given(petition, publish);
    expect(await list('H44.27')).toEqual([]);
  });

  it('tells the dossier and the earlier petition that it is about, and takes it back', async () => {
    const [earlier, later] = [newPetition(), newPetition()];
    const dossier = `H44.114-20261005-${count}`;
    await given(earlier, receive, answer);
    await given(later, changed(receive, { about: { petition: earlier, dossier } }));
    expect(await feedback.untilKinds(dossierFeedbackTopic.name, dossier, 1)).toEqual(['petition-linked']);
    expect((await feedback.untilKinds(petitionTopic.name, earlier, 3)).at(-1)).toBe('petition-repeated');
    await given(later, changed(about, { about: undefined }));
    expect(await feedback.untilKinds(dossierFeedbackTopic.name, dossier, 2)).toEqual(['petition-linked', 'petition-unlinked']);
    expect((await feedback.untilKinds(petitionTopic.name, earlier, 4)).at(-1)).toBe('petition-repeat-withdrawn');
    expect(await shown(earlier)).toMatchObject({ repetitions: [{ by: later, to: '2026-10-06T03:00:00.000Z' }] });
  });
});
