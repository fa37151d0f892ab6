import type { Instant } from '@index766/kernel';
import { newAggregate, type Aggregate, type AggregateChange, type AggregateStore } from '@index766/platform-mongo';
import type { SeenOfficers } from '../application/ports';
import { contentHash } from '../content-hash';
import type { SeenOfficer } from '../domain/seen-officer';
import { officerSeenRecord } from '../publishing/officer-seen.record';
import { currentTrace, type RecordTrace } from '../publishing/record-trace';

export const OFFICER_COLLECTION = 'officers';

/** An officer's fields: each is a small aggregate of its own, by pseudonym. */
export interface OfficerFields {
  /** Hash of the last record sent. Names stay out of this database: the pseudonym and the topic have them. */
  readonly seenAs: string;
  readonly sequence: number;
}

const ROUNDS = 8;
const REMEMBERED = 50_000;

/** Officers by pseudonym. The ones that this member knows to be stored cost nothing. */
export class MongoSeenOfficers implements SeenOfficers {
  private readonly stored = new Map<string, string>();

  constructor(private readonly store: AggregateStore<OfficerFields>) {}

  async remember(officers: readonly SeenOfficer[], recordedAt: Instant): Promise<void> {
    const trace = currentTrace();
    let pending = officers.filter((officer) => this.stored.get(officer.pseudonym) !== hashOf(officer));
    for (let round = 1; pending.length > 0; round += 1) {
      if (round > ROUNDS) throw new Error('OFFICERS.CONTENDED: the same officers are written by many at once');
      const known = await this.store.findMany(pending.map(({ pseudonym }) => pseudonym));
      const changes = pending.flatMap((officer) => changeOf(officer, known.get(officer.pseudonym), recordedAt, trace) ?? []);
      const { lost, full } = await this.store.saveMany(changes);
      const missed = (officer: SeenOfficer) => lost.has(officer.pseudonym) || full.has(officer.pseudonym);
      for (const officer of pending) if (!missed(officer)) this.keep(officer);
      pending = pending.filter(missed);
    }
  }

  private keep(officer: SeenOfficer): void {
    if (this.stored.size >= REMEMBERED) this.stored.clear();
    this.stored.set(officer.pseudonym, hashOf(officer));
  }
}

/** What has to be written; undefined: the officer is known as named. */
function changeOf(
  officer: SeenOfficer, known: Aggregate<OfficerFields> | undefined, recordedAt: Instant, trace: RecordTrace,
): AggregateChange<OfficerFields> | undefined {
  const seenAs = hashOf(officer);
  if (known?.state.seenAs === seenAs) return undefined;
  const sequence = (known?.state.sequence ?? 0) + 1;
  return {
    of: known ?? newAggregate(officer.pseudonym),
    set: { seenAs, sequence },
    records: [officerSeenRecord(officer, sequence, recordedAt, trace)],
  };
}

function hashOf({ name, title, department, unit }: SeenOfficer): string {
  return contentHash(JSON.stringify([name, title ?? '', department ?? '', unit]));
}
