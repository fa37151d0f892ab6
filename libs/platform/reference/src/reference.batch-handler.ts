import { decodeRecord, type TopicContract } from '@index766/contracts-envelope';
import { ok, refused, type Instant, type Result } from '@index766/kernel';
import type { BatchHandler, Folded, IncomingRecord, ItemOutcome } from '@index766/platform-kafka';

/** A kind of reference record, as it stands in the ids of documents: `unit`, `procedure`. */
export interface ReferenceSource<Kind extends string = string> {
  readonly kind: Kind;
  readonly topic: TopicContract;
  /** Fields of a record that the service keeps; absent: all. One that begins to keep more has to read the topic again. */
  readonly fields?: readonly string[];
}

/** One version of what a key of the catalog names. */
export interface ReferenceVersion {
  /** Place among the records of its key. */
  readonly sequence: number;
  readonly recordedAt: Instant;
  /** As the contract of its topic has it. */
  readonly content: object;
}

/** Every known version of one key, by sequence. `rev` is the revision of the document that was read; 0: there is none. */
export interface ReferenceDocument {
  readonly id: string;
  readonly rev: number;
  readonly versions: readonly ReferenceVersion[];
}

/** Port: the service's own copy of the catalog's records, for every member. */
export interface ReferenceDocuments {
  findMany(ids: readonly string[]): Promise<ReadonlyMap<string, ReferenceDocument>>;
  /** Answers the ids of those that another writer was faster with. */
  saveMany(documents: readonly ReferenceDocument[]): Promise<ReadonlySet<string>>;
}

export interface ArrivedVersion {
  readonly id: string;
  readonly version: ReferenceVersion;
}

/** Id of the document of a key. */
export function referenceId(kind: string, key: string): string {
  return `${kind}:${key}`;
}

/** Copies the catalog's records into the service's own database. Group `<service>.reference`. */
export class ReferenceBatchHandler implements BatchHandler<ArrivedVersion, ReferenceDocument> {
  readonly topics: readonly string[];
  private readonly sources: ReadonlyMap<string, ReferenceSource>;

  constructor(private readonly documents: ReferenceDocuments, sources: readonly ReferenceSource[]) {
    this.sources = new Map(sources.map((source) => [source.topic.name, source]));
    this.topics = [...this.sources.keys()];
  }

  decode(record: IncomingRecord): Result<ArrivedVersion> {
    const known = this.sources.get(record.topic);
    if (known === undefined) return refused('CONTRACT.UNKNOWN_TOPIC', 'no reference record comes from this topic', 'topic');
    const { kind, topic, fields } = known;
    const decoded = decodeRecord(topic, record);
    if (!decoded.ok) return decoded;
    const { envelope, data } = decoded.value;
    return ok({
      id: referenceId(kind, envelope.subject),
      // The contract checked it; its schemas are all of objects.
      version: { sequence: envelope.sequence, recordedAt: envelope.recordedAt, content: kept(data as object, fields) },
    });
  }

  keyOf({ id }: ArrivedVersion): string {
    return id;
  }

  load(ids: readonly string[]): Promise<ReadonlyMap<string, ReferenceDocument>> {
    return this.documents.findMany(ids);
  }

  fold(document: ReferenceDocument | undefined, items: readonly ArrivedVersion[]): Folded<ReferenceDocument> {
    const [first] = items;
    if (first === undefined) return { document: undefined, outcomes: [] };
    // What was stored when the service kept more of a record is not another content.
    const fields = this.fieldsOf(first.id);
    const known = new Map((document?.versions ?? []).map((version) => [version.sequence, { ...version, content: kept(version.content, fields) }]));
    const outcomes = items.map(({ version }): ItemOutcome => {
      const same = known.get(version.sequence);
      if (same !== undefined) return isSame(same, version) ? 'duplicate' : 'conflict';
      known.set(version.sequence, version);
      return 'applied';
    });
    if (!outcomes.includes('applied')) return { document: undefined, outcomes };
    const versions = [...known.values()].sort((a, b) => a.sequence - b.sequence);
    return { document: { id: first.id, rev: document?.rev ?? 0, versions }, outcomes };
  }

  private fieldsOf(id: string): readonly string[] | undefined {
    return [...this.sources.values()].find(({ kind }) => id.startsWith(referenceId(kind, '')))?.fields;
  }

  async save(documents: ReadonlyMap<string, ReferenceDocument>): Promise<readonly string[]> {
    return [...(await this.documents.saveMany([...documents.values()]))];
  }
}

function kept(content: object, fields: readonly string[] | undefined): object {
  if (fields === undefined) return content;
  const parts = content as Readonly<Record<string, unknown>>;
  return Object.fromEntries(fields.flatMap((field) => (parts[field] === undefined ? [] : [[field, parts[field]]])));
}

function isSame(a: ReferenceVersion, b: ReferenceVersion): boolean {
  return JSON.stringify([a.recordedAt, a.content]) === JSON.stringify([b.recordedAt, b.content]);
}
