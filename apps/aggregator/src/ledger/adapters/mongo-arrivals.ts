import { formatLocalDay, instantOf, localDayOf, type Instant, type UnitCode } from '@index766/kernel';
import type { IndexDeclaration, MongoDatabase } from '@index766/platform-mongo';

import { ANY_PROVINCE, mendedIn, notesOf, type ArrivalNotes, type ArrivedEntry } from '../arrival-notes';

const COLLECTION = 'arrivals';

export const ARRIVAL_INDEXES: readonly IndexDeclaration[] = [
  { collection: COLLECTION, name: 'root_kind', keys: { root: 1, kind: 1 }, query: 'sources of a province, and how far back what came reaches' },
];

interface NoteDocument {
  readonly _id: string;
  readonly root: string;
  readonly kind: 'source' | 'day' | 'mended';
  readonly source?: string;
  readonly heardAt?: number;
  /** When it came: `2026-11-23`. */
  readonly day?: string;
  readonly earliest?: number;
  readonly mendedAt?: number;
}

interface Note {
  readonly _id: string;
  /** Greater means newer. */
  readonly value: number;
  readonly update: {
    readonly $max?: Partial<NoteDocument>;
    readonly $min?: Partial<NoteDocument>;
    readonly $set: Partial<NoteDocument>;
  };
}

/** Notes about what came, one document of each source, and of each province and day. */
export class MongoArrivals implements ArrivalNotes {
  /** What was written last from here, greater means newer; most batches change little. */
  private readonly written = new Map<string, number>();

  constructor(private readonly database: MongoDatabase) {}

  async takeMended(entries: readonly Pick<ArrivedEntry, 'facts'>[]): Promise<void> {
    await this.write([...mendedIn(entries)].map(([root, mendedAt]) =>
      ({ _id: `mended ${root}`, value: mendedAt, update: { $max: { mendedAt }, $set: { root, kind: 'mended' as const } } })));
  }

  async take(entries: readonly ArrivedEntry[]): Promise<void> {
    const { heard, earliest } = notesOf(entries);
    const day = formatLocalDay(localDayOf(this.database.now()));
    await this.write([
      ...[...heard.values()].map(({ root, source, heardAt }) =>
        ({ _id: `source ${root} ${source}`, value: heardAt, update: { $max: { heardAt }, $set: { root, source, kind: 'source' as const } } })),
      ...[...earliest].map(([root, at]) =>
        ({ _id: `day ${root} ${day}`, value: 0 - at, update: { $min: { earliest: at }, $set: { root, day, kind: 'day' as const } } })),
    ]);
  }

  async sourcesOf(province: UnitCode): Promise<readonly { readonly source: string; readonly heardAt: Instant }[]> {
    const found = await this.collection().find({ root: province, kind: 'source' }, { maxTimeMS: this.database.commandTimeoutMs }).sort({ _id: 1 }).toArray();
    return found.map(({ source = '', heardAt = 0 }) => ({ source, heardAt: instantOf(heardAt) }));
  }

  /** Of what came on the day of an instant or later; undefined: nothing came. */
  async earliestSince(province: UnitCode, since: Instant): Promise<Instant | undefined> {
    const found = await this.collection()
      .find({ root: { $in: [province, ANY_PROVINCE] }, kind: 'day', day: { $gte: formatLocalDay(localDayOf(since)) } }, { maxTimeMS: this.database.commandTimeoutMs })
      .toArray();
    const instants = found.flatMap(({ earliest }) => earliest ?? []);
    return instants.length === 0 ? undefined : instantOf(Math.min(...instants));
  }

  /** When missing records that came late were known; null: none came. */
  async mendedAt(province: UnitCode): Promise<Instant | null> {
    const found = await this.collection()
      .find({ root: { $in: [province, ANY_PROVINCE] }, kind: 'mended' }, { maxTimeMS: this.database.commandTimeoutMs }).toArray();
    const instants = found.flatMap(({ mendedAt }) => mendedAt ?? []);
    return instants.length === 0 ? null : instantOf(Math.max(...instants));
  }

  private async write(notes: readonly Note[]): Promise<void> {
    const news = notes.filter(({ _id, value }) => value > (this.written.get(_id) ?? Number.NEGATIVE_INFINITY));
    if (news.length === 0) return;
    await this.collection().bulkWrite(
      news.map(({ _id, update }) => ({ updateOne: { filter: { _id }, update, upsert: true } })),
      { ordered: false, maxTimeMS: this.database.commandTimeoutMs },
    );
    for (const { _id, value } of news) this.written.set(_id, value);
  }

  private collection() {
    return this.database.collection<NoteDocument>(COLLECTION);
  }
}
