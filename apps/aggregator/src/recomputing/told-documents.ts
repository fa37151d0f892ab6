import { editionIssuedV1, editionKey, editionTopic, lateOfficersTopic } from '@index766/contracts-aggregator';
import { decodeRecord, isWatermark, type DataOf } from '@index766/contracts-envelope';
import type { IncomingRecord } from '@index766/platform-kafka';

export type IssuedEdition = DataOf<typeof editionIssuedV1>;
type Series = Parameters<typeof editionKey>[0];
interface DocumentPart {
  readonly sha256: string;
  readonly part: number;
  readonly parts: number;
  readonly text: string;
}

/** What the topics of editions tell of some of them: what each is, and the texts of its documents. */
export class ToldDocuments {
  private readonly issued = new Map<string, IssuedEdition>();
  private readonly cut = new Map<string, { readonly parts: number; readonly texts: Map<number, string> }>();
  private readonly keys: ReadonlySet<string>;

  constructor(wanted: readonly Series[], private readonly hashOf: (text: string) => string) {
    this.keys = new Set(wanted.map(editionKey));
  }

  take(records: readonly IncomingRecord[]): void {
    for (const record of records) {
      const decoded = isWatermark(record) ? undefined : decodeRecord(record.topic === editionTopic.name ? editionTopic : lateOfficersTopic, record);
      if (decoded?.ok !== true || !this.keys.has(decoded.value.envelope.subject)) continue;
      const { type, data, envelope: { subject } } = decoded.value;
      if (type === editionIssuedV1.type) this.issued.set(subject, data);
      else this.takePart(data);
    }
  }

  issuedAs(edition: Series): IssuedEdition | undefined {
    return this.issued.get(editionKey(edition));
  }

  /** Those of which every part came, and whose text has the hash that it is called by. */
  findDocuments(hashes: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return Promise.resolve(new Map(hashes.flatMap((hash) => {
      const { parts, texts } = this.cut.get(hash) ?? { parts: 0, texts: new Map<number, string>() };
      const text = Array.from({ length: parts }, (_, index) => texts.get(index + 1) ?? '').join('');
      return this.hashOf(text) === hash ? [[hash, text] as const] : [];
    })));
  }

  /** An edition that leaves a document as it was tells it anew: the same text. */
  private takePart({ sha256, part, parts, text }: DocumentPart): void {
    const known = this.cut.get(sha256) ?? { parts, texts: new Map<number, string>() };
    known.texts.set(part, text);
    this.cut.set(sha256, known);
  }
}
