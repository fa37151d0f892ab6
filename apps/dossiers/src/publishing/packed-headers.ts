import { partitionOf, type OutgoingRecord } from '@index766/platform-kafka';
import type { OutboxRecord, RecordSender, RelayRecord } from '@index766/platform-mongo';

const PACKED = 'packed';

/**
 * An outbox entry with its dozen headers as one text. As a document of a dozen fields they cost more to write and to read
 * than everything else of the entry together (ADR 0023).
 */
export function packHeaders(record: OutboxRecord): OutboxRecord {
  return { ...record, headers: { [PACKED]: JSON.stringify(record.headers) } };
}

/** Sends what the relay reads, with the headers that were packed. */
export class UnpackingSender implements RecordSender {
  constructor(
    private readonly sender: { send(records: readonly OutgoingRecord[]): Promise<void> },
    private readonly partitions: number,
  ) {}

  send(records: readonly RelayRecord[]): Promise<void> {
    let key: string | undefined;
    let partition = 0;
    return this.sender.send(records.map((record) => {
      // Records of one dossier stand together: its partition is computed once, not once for each of them.
      if (record.key !== key) {
        key = record.key;
        partition = partitionOf(key, this.partitions);
      }
      return { ...record, partition, headers: unpackHeaders(record.headers) };
    }));
  }
}

function unpackHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const packed = headers[PACKED];
  return packed === undefined ? headers : (JSON.parse(packed) as Readonly<Record<string, string>>);
}
