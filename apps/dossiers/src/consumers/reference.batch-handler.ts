import { decodeRecord, type DataOf, type DecodedRecord, type FactOfTopic, type TopicContract } from '@index766/contracts-envelope';
import { formatInstant, ok, type Result } from '@index766/kernel';
import type { BatchHandler, Folded, IncomingRecord, ItemOutcome } from '@index766/platform-kafka';
import type { Fenced } from '@index766/platform-mongo';

/** One version of a reference record as it lies in this service's database. */
export interface StoredVersion<Content> {
  /** Place among the records of its key. */
  readonly sequence: number;
  readonly recordedAt: string;
  readonly content: Content;
}

/** Every known version of one reference record. */
export interface StoredVersions<Content> {
  readonly versions: readonly StoredVersion<Content>[];
}

/** Where the versions are kept; platform-mongo's ReferenceCollection fits. */
export interface ReferenceDocuments<Content> {
  findMany(ids: readonly string[]): Promise<Map<string, Fenced<StoredVersions<Content>>>>;
  replaceMany(documents: readonly Fenced<StoredVersions<Content>>[]): Promise<ReadonlySet<string>>;
}

type ContentOf<Topic extends TopicContract> = DataOf<FactOfTopic<Topic>>;

interface VersionItem<Content> {
  readonly key: string;
  readonly version: StoredVersion<Content>;
}

type Stored<Topic extends TopicContract> = Fenced<StoredVersions<ContentOf<Topic>>>;

/** Copies one reference topic of catalog into this service's database: every version, matched by its sequence. */
export class ReferenceBatchHandler<Topic extends TopicContract>
  implements BatchHandler<VersionItem<ContentOf<Topic>>, Stored<Topic>>
{
  readonly topics: readonly string[];

  constructor(
    private readonly topic: Topic,
    private readonly documents: ReferenceDocuments<ContentOf<Topic>>,
  ) {
    this.topics = [topic.name];
  }

  decode(record: IncomingRecord): Result<VersionItem<ContentOf<Topic>>> {
    const decoded = decodeRecord(this.topic, record);
    if (!decoded.ok) return decoded;
    const { envelope, data } = decoded.value as DecodedRecord;
    return ok({
      key: envelope.subject,
      version: {
        sequence: envelope.sequence,
        recordedAt: formatInstant(envelope.recordedAt),
        content: data as ContentOf<Topic>,
      },
    });
  }

  keyOf(item: VersionItem<ContentOf<Topic>>): string {
    return item.key;
  }

  load(keys: readonly string[]): Promise<ReadonlyMap<string, Stored<Topic>>> {
    return this.documents.findMany(keys);
  }

  fold(document: Stored<Topic> | undefined, items: readonly VersionItem<ContentOf<Topic>>[]): Folded<Stored<Topic>> {
    const known = new Map((document?.content.versions ?? []).map((version) => [version.sequence, version]));
    const before = known.size;
    const outcomes = items.map(({ version }): ItemOutcome => {
      const same = known.get(version.sequence);
      if (same !== undefined) return sameVersion(same, version) ? 'duplicate' : 'conflict';
      known.set(version.sequence, version);
      return 'applied';
    });
    const [first] = items;
    if (first === undefined || known.size === before) return { document: undefined, outcomes };
    const versions = [...known.values()].sort((a, b) => a.sequence - b.sequence);
    return { document: { id: first.key, rev: document?.rev ?? 0, content: { versions } }, outcomes };
  }

  async save(documents: ReadonlyMap<string, Stored<Topic>>): Promise<readonly string[]> {
    return [...(await this.documents.replaceMany([...documents.values()]))];
  }
}

function sameVersion(a: StoredVersion<unknown>, b: StoredVersion<unknown>): boolean {
  return JSON.stringify([a.recordedAt, a.content]) === JSON.stringify([b.recordedAt, b.content]);
}
