import { DESK_SOURCE } from '@index766/dossier-life';
import { MILLISECONDS_PER_DAY, compareText, formatLocalDay, instantOf, latest, localDayOf, type Instant } from '@index766/kernel';
import type { IndexDeclaration, MongoCollection, MongoDatabase } from '@index766/platform-mongo';

import { ANY_ROOT, mendedIn, notesOf, type ArrivalNotes, type ArrivedEntry, type SaidOfSource } from '../arrival-notes';

const COLLECTION = 'arrivals';

export const ARRIVAL_INDEXES: readonly IndexDeclaration[] = [
  { collection: COLLECTION, name: 'root_kind', keys: { root: 1, kind: 1 }, query: 'sources of a province, and how far back what came reaches' },
  { collection: COLLECTION, name: 'source', keys: { source: 1 }, sparse: true, query: 'when a source was heard, whatever it spoke of' },
];

const NEVER = instantOf(0);

interface KnownSource {
  readonly source: string;
  readonly heardAt: Instant;
  readonly completeUntil: Instant;
  readonly saidAt: Instant;
}

interface NoteDocument {
  readonly _id: string;
  /** Absent: what a source says of itself is about no unit. */
  readonly root?: string;
  readonly kind: 'source' | 'said' | 'day' | 'mended';
  readonly source?: string;
  readonly heardAt?: number;
  readonly completeUntil?: number;
  /** Absent in what was noted by an earlier version. */
  readonly saidAt?: number;
  /** Begin of the day of the latest that was heard of what each unit has, by `fieldOf`; absent: it was noted before units were. */
  readonly units?: Readonly<Record<string, number>>;
  /** When it came: `2026-11-23`. */
  readonly day?: string;
  readonly earliest?: number;
  readonly mendedAt?: number;
}

interface Note {
  readonly _id: string;
  readonly keeps: '$max' | '$min';
  readonly values: Readonly<Record<string, Instant>>;
  readonly about: Partial<NoteDocument>;
}

/** Notes about what came, one document of each root and source, and of each root and day (`Notes`). */
export class MongoArrivals implements ArrivalNotes {
  /** What was written last from here, by document and field; most batches change little. */
  private readonly written = new Map<string, number>();

  constructor(private readonly database: MongoDatabase) {}

  async takeMended(entries: readonly Pick<ArrivedEntry, 'facts'>[]): Promise<void> {
    await this.write([...mendedIn(entries)].map(([root, mendedAt]) =>
      ({ _id: `mended ${root}`, keeps: '$max', values: { mendedAt }, about: { root, kind: 'mended' } })));
  }

  async take(entries: readonly ArrivedEntry[]): Promise<void> {
    const { heard, earliest } = notesOf(entries);
    const day = formatLocalDay(localDayOf(this.database.now()));
    await this.write([
      ...[...heard.values()].map(({ root, source, heardAt, units }): Note => ({
        _id: `source ${root} ${source}`, keeps: '$max', about: { root, source, kind: 'source' },
        values: { ...(heardAt === undefined ? {} : { heardAt }), ...Object.fromEntries([...units].map(([unit, at]) => [`units.${fieldOf(unit)}`, at])) },
      })),
      ...[...earliest].map(([root, at]): Note => ({ _id: `day ${root} ${day}`, keeps: '$min', values: { earliest: at }, about: { root, day, kind: 'day' } })),
    ]);
  }

  async takeSaid(said: readonly SaidOfSource[]): Promise<void> {
    await this.write(said.map(({ source, ...values }): Note => ({ _id: `said ${source}`, keeps: '$max', values, about: { source, kind: 'said' } })));
  }

  /**
   * Sources that spoke of what some units have on the day of an instant or later, when they were heard last, whatever of, and up to
   * where they said that they pushed everything. Desks are no source, though earlier versions noted them as one.
   *
   * @param roots of the codes of these units
   */
  async sourcesOf(roots: readonly string[], isWithin: (unit: string) => boolean, since: Instant): Promise<readonly KnownSource[]> {
    const ofRoots = await this.find({ root: { $in: [...roots] }, kind: 'source', source: { $ne: DESK_SOURCE } });
    const speaking = ofRoots.filter(({ root = '', heardAt = 0, units = { [fieldOf(root)]: heardAt } }) =>
      Object.entries(units).some(([field, day]) => day + MILLISECONDS_PER_DAY > since && isWithin(unitOf(field))));
    const known = new Map<string, KnownSource>();
    for (const { kind, source = '', heardAt = 0, completeUntil = 0, saidAt = kind === 'said' ? heardAt : 0 } of await this.find({ source: { $in: [...new Set(speaking.flatMap(({ source = [] }) => source))] } })) {
      const before = known.get(source) ?? { source, heardAt: NEVER, completeUntil: NEVER, saidAt: NEVER };
      known.set(source, {
        source, heardAt: latest(instantOf(heardAt), before.heardAt), completeUntil: latest(instantOf(completeUntil), before.completeUntil),
        saidAt: latest(instantOf(saidAt), before.saidAt),
      });
    }
    return [...known.values()].sort((a, b) => compareText(a.source, b.source));
  }

  /** Of what came on the day of an instant or later; undefined: nothing came. */
  async earliestSince(roots: readonly string[], since: Instant): Promise<Instant | undefined> {
    const found = await this.find({ root: { $in: [...roots, ANY_ROOT] }, kind: 'day', day: { $gte: formatLocalDay(localDayOf(since)) } });
    const instants = found.flatMap(({ earliest }) => earliest ?? []);
    return instants.length === 0 ? undefined : instantOf(Math.min(...instants));
  }

  /** When missing records that came late were known; null: none came. */
  async mendedAt(roots: readonly string[]): Promise<Instant | null> {
    const found = await this.find({ root: { $in: [...roots, ANY_ROOT] }, kind: 'mended' });
    const instants = found.flatMap(({ mendedAt }) => mendedAt ?? []);
    return instants.length === 0 ? null : instantOf(Math.max(...instants));
  }

  private async write(notes: readonly Note[]): Promise<void> {
    const news = notes.flatMap((note) => {
      const values = Object.entries(note.values).filter(([field, value]) => this.isNews(note, field, value));
      return values.length === 0 ? [] : [{ ...note, values: Object.fromEntries(values) }];
    });
    if (news.length === 0) return;
    await this.collection().bulkWrite(
      news.map(({ _id, keeps, values, about }) => ({ updateOne: { filter: { _id }, update: { [keeps]: values, $set: about }, upsert: true } })),
      { ordered: false, maxTimeMS: this.database.commandTimeoutMs },
    );
    for (const { _id, values } of news) for (const [field, value] of Object.entries(values)) this.written.set(`${_id} ${field}`, value);
  }

  private isNews({ _id, keeps }: Note, field: string, value: number): boolean {
    const before = this.written.get(`${_id} ${field}`);
    return before === undefined || (keeps === '$max' ? value > before : value < before);
  }

  private find(filter: Parameters<MongoCollection<NoteDocument>['find']>[0]): Promise<readonly NoteDocument[]> {
    return this.collection().find(filter, { maxTimeMS: this.database.commandTimeoutMs }).toArray();
  }

  private collection(): MongoCollection<NoteDocument> {
    return this.database.collection<NoteDocument>(COLLECTION);
  }
}

/** Codes have points, which names of fields cannot have; codes have no bars. */
function fieldOf(unit: string): string {
  return unit.replaceAll('.', '|');
}

function unitOf(field: string): string {
  return field.replaceAll('|', '.');
}
