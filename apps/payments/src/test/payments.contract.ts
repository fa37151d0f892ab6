import { ok, refused, type DossierId } from '@index766/kernel';
import { newAggregate } from '@index766/platform-mongo';
import type { CommandedPayments, ParkedPage, Payments, SavedChange, StoredPayments } from '../application/ports';
import { emptyPayments, unchanged } from '../domain/payments-state';
import { takeIntake } from '../domain/take-intake';
import { takeEvent } from '../domain/take-event';
import { eventOf, intakeOf, october } from './arrivals';

const id = (number: number) => `H44.114-${number}` as DossierId;

function assessed(dossier: DossierId, amount: number, stored?: StoredPayments): SavedChange {
  const state = stored?.state ?? emptyPayments(dossier);
  const sequence = Object.keys(state.intake).length + 1;
  return takeIntake(unchanged(state), intakeOf({ sequence, fees: [{ code: 'LP-01', amount }], paidOnline: 1, backfill: true })).change;
}

function parked(dossier: DossierId): SavedChange {
  const taken = takeEvent(emptyPayments(dossier), eventOf({ event: `E-${dossier}` }), october('10 12:00'));
  if (!taken.ok) throw new Error(taken.error.code);
  return taken.value.change;
}

const storedOf = async (payments: Payments, dossier: DossierId): Promise<StoredPayments> => {
  const found = (await payments.findMany([dossier])).get(dossier);
  if (found === undefined) throw new Error(`${dossier} is not stored`);
  return found;
};

const REFUSAL = () => refused('PAYMENT.IN_FUTURE', 'x');
const ANSWER = () => ok({ answer: 1 });
const COMMANDS = (stored: CommandedPayments | undefined) => ok({ answer: stored?.commands });
const dossiersOf = ({ items }: ParkedPage) => items.map(({ dossier }) => dossier);

async function answersOfTen(payments: Payments, dossier: DossierId): Promise<readonly number[]> {
  const answers = await Promise.all(Array.from({ length: 10 }, (_, amount) => payments.update(dossier, (stored) =>
    ok({ answer: stored?.state.facts.length ?? 0, change: assessed(dossier, amount, stored) }))));
  return answers.map((answer) => (answer.ok ? answer.value : -1)).sort((a, b) => a - b);
}

/** What every implementation of the port does, the one without a database too: `it.each(PAYMENTS_CONTRACT)`. */
export const PAYMENTS_CONTRACT: readonly (readonly [string, (payments: Payments) => Promise<void>])[] = [
  ['gives back what was saved, and nothing for other ids', async (payments) => {
    const change = assessed(id(1), 8_000);
    expect(await payments.saveMany([{ of: newAggregate(id(1)), change }, { of: newAggregate(id(2)), change: parked(id(2)) }])).toEqual({ lost: new Set(), full: new Set() });
    const found = await payments.findMany([id(1), id(2), id(99)]);
    expect([...found.keys()].sort()).toEqual([id(1), id(2)]);
    expect([found.get(id(1))?.state, found.get(id(2))?.state]).toEqual([change.state, parked(id(2)).state]);
  }],

  ['names exactly the dossiers that another writer was faster with', async (payments) => {
    await payments.saveMany([{ of: newAggregate(id(3)), change: assessed(id(3), 1) }]);
    const three = await storedOf(payments, id(3));
    await payments.saveMany([{ of: three.ref, change: assessed(id(3), 2, three) }]);
    const { lost } = await payments.saveMany([{ of: three.ref, change: assessed(id(3), 3, three) }, { of: newAggregate(id(4)), change: assessed(id(4), 1) }]);
    expect([...lost]).toEqual([id(3)]);
  }],

  ['decides again on the newer state until nobody was faster, and each decision counts', async (payments) => {
    expect(await answersOfTen(payments, id(5))).toEqual([0, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  }],

  ['writes nothing for a refusal, and nothing for an answer alone', async (payments) => {
    expect(await payments.update(id(6), REFUSAL)).toMatchObject({ ok: false });
    expect(await payments.update(id(6), ANSWER)).toEqual(ok(1));
    expect((await payments.findMany([id(6)])).size).toBe(0);
  }],

  ['keeps the answers of commands beside the state', async (payments) => {
    const command = { key: 'K', requestHash: 'H', answer: { dossier: id(7), facts: [] }, at: new Date('2026-10-10T00:00:00.000Z') };
    await payments.saveMany([{ of: newAggregate(id(7)), change: { ...assessed(id(7), 1), commands: [command] } }]);
    const seven = await storedOf(payments, id(7));
    await payments.saveMany([{ of: seven.ref, change: assessed(id(7), 2, seven) }]);
    expect(await payments.update(id(7), COMMANDS)).toEqual(ok([command]));
  }],

  ['lists and counts parked events, page by page, until they are parked no more', async (payments) => {
    for (const number of [21, 22, 23]) await payments.saveMany([{ of: newAggregate(id(number)), change: parked(id(number)) }]);
    const first = await payments.parkedPage(undefined, 2);
    expect([dossiersOf(first), first.next]).toEqual([[id(21), id(22)], id(22)]);
    expect(dossiersOf(await payments.parkedPage(first.next ?? undefined, 2))).toEqual([id(23)]);
    expect(await payments.countParked()).toEqual(new Map([['DOSSIER_UNKNOWN', 3]]));

    const stored = await storedOf(payments, id(22));
    await payments.saveMany([{ of: stored.ref, change: assessed(id(22), 8_000, stored) }]);
    expect(dossiersOf(await payments.parkedPage(undefined, 9))).toEqual([id(21), id(23)]);
    expect(await payments.countParked()).toEqual(new Map([['DOSSIER_UNKNOWN', 2]]));
  }],
];
