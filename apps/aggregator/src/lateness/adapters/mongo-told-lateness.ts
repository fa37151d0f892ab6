import type { DossierId, Instant } from '@index766/kernel';
import { newAggregate, type AggregateChange, type AggregateStore, type IndexDeclaration, type MongoDatabase } from '@index766/platform-mongo';
import { currentTrace } from '@index766/platform-observability';

import { NOTHING_TOLD, type Telling, type ToldLateness, type ToldLatenessStore } from '../told-lateness';
import { changeOf, latenessRecord, toldOf, type ToldFields } from './told-lateness.document';

export const TOLD_LATENESS_COLLECTION = 'told_lateness';

export const TOLD_LATENESS_INDEXES: readonly IndexDeclaration[] = [{
  collection: TOLD_LATENESS_COLLECTION, name: 'openIn', keys: { openIn: 1 }, sparse: true,
  query: 'what was told to be due soon or overdue in a partition when a member takes it over',
}];

/** Rounds of "another member was faster" before a dossier is left to the next minute. */
const ROUNDS = 8;

export interface MongoToldLatenessOptions {
  readonly database: MongoDatabase;
  readonly store: AggregateStore<ToldFields>;
  readonly slotOf: (dossier: string) => number;
}

/** What was told of each dossier as a document, with the events it sends in the same write. */
export class MongoToldLateness implements ToldLatenessStore {
  constructor(private readonly options: MongoToldLatenessOptions) {}

  async openOf(partition: number): Promise<ReadonlyMap<DossierId, ToldLateness>> {
    const { database } = this.options;
    const found = await database.collection<ToldFields & { readonly _id: string }>(TOLD_LATENESS_COLLECTION)
      .find({ openIn: partition }, { projection: { told: 1, kind: 1, dueAt: 1, cause: 1 }, maxTimeMS: database.commandTimeoutMs })
      .toArray();
    return new Map(found.map((document) => [document._id as DossierId, toldOf(document)]));
  }

  async tell(
    dossiers: readonly DossierId[], decide: (dossier: DossierId, told: ToldLateness) => Telling,
  ): Promise<ReadonlyMap<DossierId, ToldLateness>> {
    const told = new Map<DossierId, ToldLateness>();
    let pending: readonly DossierId[] = dossiers;
    for (let round = 0; pending.length > 0 && round < ROUNDS; round += 1) {
      const found = await this.options.store.findMany(pending);
      const recordedAt = this.options.database.now();
      const decided = new Map<DossierId, ToldLateness>();
      const changes = pending.flatMap((dossier): AggregateChange<ToldFields>[] => {
        const aggregate = found.get(dossier);
        const before = aggregate === undefined ? NOTHING_TOLD : toldOf(aggregate.state);
        const telling = decide(dossier, before);
        decided.set(dossier, telling.after);
        if (telling.after === before) return [];
        const last = telling.events.at(-1)?.type ?? aggregate?.state.last ?? '';
        return [{
          of: aggregate ?? newAggregate(dossier),
          ...changeOf(telling.after, last, this.options.slotOf(dossier)),
          records: recordsOf(dossier, telling, before.told, recordedAt),
        }];
      });
      const { lost, full } = await this.options.store.saveMany(changes);
      for (const [dossier, after] of decided) if (!lost.has(dossier) && !full.has(dossier)) told.set(dossier, after);
      pending = pending.filter((dossier) => lost.has(dossier));
    }
    return told;
  }
}

function recordsOf(dossier: DossierId, { events }: Telling, before: number, recordedAt: Instant) {
  const trace = currentTrace();
  return events.map((event, index) => latenessRecord(dossier, event, before + index + 1, recordedAt, trace));
}
