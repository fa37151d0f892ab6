import type { officerSeenTopic } from '@index766/contracts-dossiers';
import type { DecodedRecord, FactOfTopic } from '@index766/contracts-envelope';
import { ok, type Instant, type Result } from '@index766/kernel';
import {
  newAggregate, otherContent, recordsMissing, type Aggregate, type AggregateChange, type AggregateStore, type LackingFields,
} from '@index766/platform-mongo';
import { currentTrace, type RecordTrace } from '@index766/platform-observability';
import type { SeenOfficers } from '../application/ports';
import { contentHash } from '../content-hash';
import type { SeenOfficer } from '../domain/seen-officer';
import { officerSeenRecord } from '../publishing/officer-seen.record';

export const OFFICER_COLLECTION = 'officers';

/** An officer's fields: each is a small aggregate of its own, by pseudonym. */
export interface OfficerFields {
  /**
   * Hashes of the records sent, the last one last: a source that sends again what it sent under an earlier title says
   * nothing new. One hash alone where an earlier version wrote it. Names stay out of this database: the pseudonym and the
   * topic have them.
   */
  readonly seenAs: readonly string[] | string;
  readonly sequence: number;
}

const ROUNDS = 8;
/** Of one officer: more titles than anybody has in a working life. */
const HASHES_KEPT = 50;
/** In the memory of this member, over all officers. */
const REMEMBERED = 50_000;

/** Officers by pseudonym. What this member knows to be stored costs nothing. */
export class MongoSeenOfficers implements SeenOfficers {
  private readonly stored = new Set<string>();

  constructor(private readonly store: AggregateStore<OfficerFields>) {}

  async remember(officers: readonly SeenOfficer[], recordedAt: Instant): Promise<void> {
    const trace = currentTrace();
    let pending = byPseudonym(officers.filter((officer) => !this.stored.has(keyOf(officer))));
    for (let round = 1; pending.size > 0; round += 1) {
      if (round > ROUNDS) throw new Error('OFFICERS.CONTENDED: the same officers are written by many at once');
      const known = await this.store.findMany([...pending.keys()]);
      const changes = [...pending].flatMap(([pseudonym, seen]) => changeOf(pseudonym, seen, known.get(pseudonym), recordedAt, trace) ?? []);
      const { lost, full } = await this.store.saveMany(changes);
      const missed = new Map([...pending].filter(([pseudonym]) => lost.has(pseudonym) || full.has(pseudonym)));
      for (const [pseudonym, seen] of pending) if (!missed.has(pseudonym)) seen.forEach((officer) => this.keep(officer));
      pending = missed;
    }
  }

  private keep(officer: SeenOfficer): void {
    if (this.stored.size >= REMEMBERED) this.stored.clear();
    this.stored.add(keyOf(officer));
  }
}

/** What has to be written; undefined: the officer was announced under each of the names and titles. */
function changeOf(
  pseudonym: string, seen: readonly SeenOfficer[], known: Aggregate<OfficerFields> | undefined, recordedAt: Instant, trace: RecordTrace,
): AggregateChange<OfficerFields> | undefined {
  const hashes = known === undefined ? [] : [known.state.seenAs].flat();
  const sent = known?.state.sequence ?? 0;
  const unsent = new Map(seen.map((officer) => [hashOf(officer), officer]));
  for (const hash of hashes) unsent.delete(hash);
  if (unsent.size === 0) return undefined;
  return {
    of: known ?? newAggregate(pseudonym),
    set: { seenAs: [...hashes, ...unsent.keys()].slice(-HASHES_KEPT), sequence: sent + unsent.size },
    records: [...unsent.values()].map((officer, index) => officerSeenRecord(officer, sent + 1 + index, recordedAt, trace)),
  };
}

/** Announcements that the topic has and the document lacks. */
export function foldBackOfficers(
  _id: string, fields: OfficerFields | undefined, records: readonly DecodedRecord<FactOfTopic<typeof officerSeenTopic>>[],
): Result<LackingFields<OfficerFields> | undefined> {
  let seenAs = [fields?.seenAs ?? []].flat();
  const before = fields?.sequence ?? 0;
  let last = before;
  for (const { envelope: { sequence }, data } of records) {
    if (sequence > last + 1) return recordsMissing();
    const hash = hashOf(data);
    if (sequence <= last) {
      if (last <= HASHES_KEPT && !seenAs.includes(hash)) return otherContent(sequence);
      continue;
    }
    seenAs = [...seenAs.filter((each) => each !== hash), hash].slice(-HASHES_KEPT);
    last = sequence;
  }
  return ok(last === before ? undefined : { set: { seenAs, sequence: last } });
}

function byPseudonym(officers: readonly SeenOfficer[]): ReadonlyMap<string, readonly SeenOfficer[]> {
  const groups = new Map<string, SeenOfficer[]>();
  for (const officer of officers) {
    const group = groups.get(officer.pseudonym);
    if (group === undefined) groups.set(officer.pseudonym, [officer]);
    else group.push(officer);
  }
  return groups;
}

type Named = { readonly [Field in 'name' | 'title' | 'department' | 'unit']?: string | undefined };

function keyOf(officer: SeenOfficer): string {
  return officer.pseudonym + hashOf(officer);
}

function hashOf({ name, title, department, unit }: Named): string {
  return contentHash(JSON.stringify([name, title ?? '', department ?? '', unit]));
}
