import { takeStatement } from '@index766/intake';
import { ok, refused, type DossierId, type UnitCode } from '@index766/kernel';
import { newAggregate } from '@index766/platform-mongo';
import type { CommandedDocuments, Documents, SavedChange, StoredDocuments } from '../application/ports';
import { emptyDocuments, unchanged } from '../domain/documents-state';
import { takeIntake } from '../domain/take-intake';
import { intakeOf } from './arrivals';
import { october } from './dossier-records';

const id = (number: number) => `H44.114-${number}` as DossierId;

/** One more component is there as digitised data. */
function digitised(dossier: DossierId, component: number, stored?: StoredDocuments): SavedChange {
  const state = stored?.state ?? emptyDocuments(dossier);
  const sequence = Object.keys(state.intake).length + 1;
  return takeIntake(unchanged(state), intakeOf({ sequence, papers: { components: [{ code: `TP-${component}`, digitised: true, reused: 0 }] }, backfill: true })).change;
}

function received(dossier: DossierId): SavedChange {
  return takeStatement(unchanged(emptyDocuments(dossier)), { sequence: 1, occurredAt: october('05 08:30'), unit: 'H44.114' as UnitCode }).change;
}

const storedOf = async (documents: Documents, dossier: DossierId): Promise<StoredDocuments> => {
  const found = (await documents.findMany([dossier])).get(dossier);
  if (found === undefined) throw new Error(`${dossier} is not stored`);
  return found;
};

const REFUSAL = () => refused('DOCUMENT.IN_FUTURE', 'x');
const ANSWER = () => ok({ answer: 1 });
const COMMANDS = (stored: CommandedDocuments | undefined) => ok({ answer: stored?.commands });

async function answersOfTen(documents: Documents, dossier: DossierId): Promise<readonly number[]> {
  const answers = await Promise.all(Array.from({ length: 10 }, (_, component) => documents.update(dossier, (stored) =>
    ok({ answer: stored?.state.facts.length ?? 0, change: digitised(dossier, component, stored) }))));
  return answers.map((answer) => (answer.ok ? answer.value : -1)).sort((a, b) => a - b);
}

/** What every implementation of the port does, the one without a database too: `it.each(DOCUMENTS_CONTRACT)`. */
export const DOCUMENTS_CONTRACT: readonly (readonly [string, (documents: Documents) => Promise<void>])[] = [
  ['gives back what was saved, and nothing for other ids', async (documents) => {
    const change = digitised(id(1), 1);
    expect(await documents.saveMany([{ of: newAggregate(id(1)), change }, { of: newAggregate(id(2)), change: received(id(2)) }])).toEqual({ lost: new Set(), full: new Set() });
    const found = await documents.findMany([id(1), id(2), id(99)]);
    expect([...found.keys()].sort()).toEqual([id(1), id(2)]);
    expect([found.get(id(1))?.state, found.get(id(2))?.state]).toEqual([change.state, received(id(2)).state]);
  }],

  ['names exactly the dossiers that another writer was faster with', async (documents) => {
    await documents.saveMany([{ of: newAggregate(id(3)), change: digitised(id(3), 1) }]);
    const three = await storedOf(documents, id(3));
    await documents.saveMany([{ of: three.ref, change: digitised(id(3), 2, three) }]);
    const { lost } = await documents.saveMany([{ of: three.ref, change: digitised(id(3), 3, three) }, { of: newAggregate(id(4)), change: digitised(id(4), 1) }]);
    expect([...lost]).toEqual([id(3)]);
  }],

  ['decides again on the newer state until nobody was faster, and each decision counts', async (documents) => {
    expect(await answersOfTen(documents, id(5))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  }],

  ['writes nothing for a refusal, and nothing for an answer alone', async (documents) => {
    expect(await documents.update(id(6), REFUSAL)).toMatchObject({ ok: false });
    expect(await documents.update(id(6), ANSWER)).toEqual(ok(1));
    expect((await documents.findMany([id(6)])).size).toBe(0);
  }],

  ['keeps the answers of commands beside the state', async (documents) => {
    const command = { key: 'K', requestHash: 'H', answer: { dossier: id(7), facts: [] }, at: new Date('2026-10-10T00:00:00.000Z') };
    await documents.saveMany([{ of: newAggregate(id(7)), change: { ...digitised(id(7), 1), commands: [command] } }]);
    const seven = await storedOf(documents, id(7));
    await documents.saveMany([{ of: seven.ref, change: digitised(id(7), 2, seven) }]);
    expect(await documents.update(id(7), COMMANDS)).toEqual(ok([command]));
  }],
];
