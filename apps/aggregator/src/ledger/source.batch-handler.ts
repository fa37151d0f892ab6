import { sourceTopic } from '@index766/contracts-dossiers';
import { decodeRecord } from '@index766/contracts-envelope';
import { endOfDay, latest, ok, parseLocalDay, type Instant, type LocalDay, type Result } from '@index766/kernel';
import type { BatchHandler, Folded, IncomingRecord } from '@index766/platform-kafka';

import type { ArrivalNotes, SaidOfSource } from './arrival-notes';

/** What sources say of themselves, into the notes that closing a period asks. Group `aggregator.ledger`, which reads it up to the end, too. */
export class SourceBatchHandler implements BatchHandler<SaidOfSource, SaidOfSource> {
  readonly topics = [sourceTopic.name];

  constructor(private readonly notes: Pick<ArrivalNotes, 'takeSaid'>) {}

  decode(record: IncomingRecord): Result<SaidOfSource> {
    const decoded = decodeRecord(sourceTopic, record);
    if (!decoded.ok) return decoded;
    const { envelope: { recordedAt }, data } = decoded.value;
    const { source } = data;
    // The contract checked the form of the day.
    return ok('day' in data ? { source, saidAt: recordedAt, completeUntil: endOfDay(parseLocalDay(data.day) as LocalDay) } : { source, saidAt: recordedAt, heardAt: recordedAt });
  }

  keyOf({ source }: SaidOfSource): string {
    return source;
  }

  /** Notes keep the greatest of what was ever said: nobody has to know what they hold. */
  load(): Promise<ReadonlyMap<string, SaidOfSource>> {
    return Promise.resolve(new Map());
  }

  fold(_document: SaidOfSource | undefined, items: readonly SaidOfSource[]): Folded<SaidOfSource> {
    return { document: items.reduce(later), outcomes: items.map(() => 'applied') };
  }

  async save(documents: ReadonlyMap<string, SaidOfSource>): Promise<readonly string[]> {
    await this.notes.takeSaid([...documents.values()]);
    return [];
  }
}

function later(a: SaidOfSource, b: SaidOfSource): SaidOfSource {
  return { source: a.source, saidAt: latest(a.saidAt, b.saidAt), ...laterOf('heardAt', a, b), ...laterOf('completeUntil', a, b) };
}

function laterOf<Field extends 'heardAt' | 'completeUntil'>(field: Field, a: SaidOfSource, b: SaidOfSource): { readonly [F in Field]?: Instant } {
  const [one, other] = [a[field] ?? b[field], b[field] ?? a[field]];
  return one === undefined || other === undefined ? {} : { [field]: latest(one, other) } as { readonly [F in Field]: Instant };
}
