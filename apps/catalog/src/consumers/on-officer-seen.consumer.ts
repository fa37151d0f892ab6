import { decodeRecord } from '@index766/contracts-envelope';
import { officerSeenTopic } from '@index766/contracts-dossiers';
import { ok, refused, parseOfficerPseudonym, parseUnitCode, type OfficerPseudonym, type Result } from '@index766/kernel';
import type { BatchHandler, Folded, IncomingRecord } from '@index766/platform-kafka';

import type { OfficerRepository } from '../application/ports';
import { outcomesOf, takeSightings, type DecidedOfficer } from '../domain/decide-officer';
import type { Officer, Sighting } from '../domain/officer';

export interface OfficerSeen extends Sighting {
  readonly pseudonym: OfficerPseudonym;
}

/** An officer between load and save. */
export interface OfficerInWork {
  readonly officer: Officer;
  readonly tells: boolean;
  /** What the save is compared with; undefined for one that was not known. */
  readonly place: object | undefined;
}

/** Takes in who pushes named. */
export class OnOfficerSeen implements BatchHandler<OfficerSeen, OfficerInWork> {
  readonly topics = [officerSeenTopic.name];

  constructor(private readonly officers: Pick<OfficerRepository, 'loadMany' | 'saveMany'>) {}

  decode(record: IncomingRecord): Result<OfficerSeen> {
    const decoded = decodeRecord(officerSeenTopic, record);
    if (!decoded.ok) return decoded;
    const { envelope: { subject, sequence, recordedAt }, data } = decoded.value;
    const pseudonym = parseOfficerPseudonym(subject);
    const unit = parseUnitCode(data.unit);
    if (pseudonym === undefined) return refused('ENVELOPE.INVALID_HEADER', 'the key of the record is no pseudonym', 'key');
    if (unit === undefined) return refused('CONTRACT.INVALID_DATA', 'value.unit is no code of a unit', 'value.unit');
    return ok({ pseudonym, sequence, recordedAt, name: data.name, title: data.title, department: data.department, unit });
  }

  keyOf({ pseudonym }: OfficerSeen): string {
    return pseudonym;
  }

  async load(keys: readonly string[]): Promise<ReadonlyMap<string, OfficerInWork>> {
    const stored = await this.officers.loadMany(keys);
    return new Map([...stored].map(([key, { officer, place }]) => [key, { officer, place, tells: false }]));
  }

  fold(document: OfficerInWork | undefined, items: readonly OfficerSeen[]): Folded<OfficerInWork> {
    const sightings = items.map(({ pseudonym: _pseudonym, ...sighting }): Sighting => sighting);
    const decided: DecidedOfficer | undefined = takeSightings(document?.officer, sightings);
    return { document: decided && { ...decided, place: document?.place }, outcomes: outcomesOf(document?.officer, sightings) };
  }

  async save(documents: ReadonlyMap<string, OfficerInWork>): Promise<readonly string[]> {
    return this.officers.saveMany(new Map([...documents].map(([key, { officer, tells, place }]) =>
      [key, { decided: { officer, tells }, place }])));
  }
}
