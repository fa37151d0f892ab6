import { officerDescribedV1, officerTopic, unitTopic, unitVersionedV1 } from '@index766/contracts-catalog';
import { dossierFactContracts, dossierTopic } from '@index766/contracts-dossiers';

import { publishFact } from './publish-fact';
import type { RunningAggregator } from './running-aggregator';

const UNITS = [
  ['H44', 'Tỉnh Ví Dụ', 'PROVINCE', null], ['H44.1', 'Xã Một', 'COMMUNE', 'H44'], ['H44.2', 'Xã Hai', 'COMMUNE', 'H44'],
] as const;

/** A fact of a dossier, its number aside: it is the next of its dossier. */
export type ToldDossierFact = readonly [kind: keyof typeof dossierFactContracts, occurredAt: string, data: object, recordedAt?: string];

/** A province with two communes, as the catalog publishes them. */
export async function giveUnits({ brokers }: Pick<RunningAggregator, 'brokers'>): Promise<void> {
  for (const [code, name, level, parent] of UNITS) {
    const data = { code, name, level, parent, version: 1, validFrom: '2024-01-01' };
    await publishFact(unitTopic, unitVersionedV1, { key: code, sequence: 1, data, occurredAt: '2026-01-01T00:00:00Z' }, brokers);
  }
}

export async function giveOfficer({ brokers }: Pick<RunningAggregator, 'brokers'>, pseudonym: string, name: string): Promise<void> {
  const data = { pseudonym, name, unit: 'H44.1', aliases: [], ambiguous: false, absences: [] };
  await publishFact(officerTopic, officerDescribedV1, { key: pseudonym, sequence: 1, data, occurredAt: '2026-01-01T00:00:00Z' }, brokers);
}

/** Tells of one dossier, from the sequence `from` on. */
export async function tellDossier(
  { brokers }: Pick<RunningAggregator, 'brokers'>, dossier: string, facts: readonly ToldDossierFact[], from = 1,
): Promise<void> {
  for (const [index, [kind, occurredAt, data, recordedAt]] of facts.entries()) {
    const told = { key: dossier, sequence: from + index, data, occurredAt, ...(recordedAt === undefined ? {} : { recordedAt }) };
    await publishFact(dossierTopic, dossierFactContracts[kind], told, brokers);
  }
}

/** Received at an instant, held by an officer, with the due instant last: whatever is told of its lateness knows who has it. */
export function receivedFacts(
  receivedAt: string, dueAt: string, { unit = 'H44.1', officer, department }: { readonly unit?: string; readonly officer?: string; readonly department?: string } = {},
): readonly ToldDossierFact[] {
  return [
    ['dossier-received', receivedAt, { unit, procedure: '2.000815', channel: 'online', source: 'specs', pushed: true }],
    ['step-assigned', receivedAt, { step: 's1', ...(officer === undefined ? {} : { officer }), ...(department === undefined ? {} : { department }) }],
    ['due-date-set', receivedAt, { dueAt, basis: 'stated', cause: 'received', calendarVersion: 'vn@1' }],
  ];
}
