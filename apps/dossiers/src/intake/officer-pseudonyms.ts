import { createHmac, type KeyObject } from 'node:crypto';
import { unitInCode, type DossierId, type OfficerPseudonym, type UnitCode } from '@index766/kernel';
import type { SeenOfficer } from '../domain/seen-officer';

/** What a source says about the person who works on a dossier: the name goes nowhere but to the restricted topic. */
export type NamedOfficer = Pick<SeenOfficer, 'name' | 'title' | 'department'>;

const PSEUDONYM_BYTES = 16;
const REMEMBERED = 20_000;

/**
 * Gives officers their pseudonyms: HMAC-SHA-256(key, unit, normalised name, department), 128 bits. Made at the HTTP
 * edge, so that no name goes further in. Nobody without the key can try names against a pseudonym.
 */
export class OfficerPseudonyms {
  /** One-stop desks push the same few officers all day. */
  private readonly remembered = new Map<string, OfficerPseudonym>();

  constructor(private readonly key: KeyObject) {}

  /** @param sourceUnit stands for the unit where the dossier's code names none. */
  seen(dossier: DossierId, sourceUnit: UnitCode, named: NamedOfficer): SeenOfficer {
    const unit = officerUnitOf(dossier, sourceUnit);
    return { pseudonym: this.pseudonymOf(unit, named), unit, ...named };
  }

  pseudonymOf(unit: UnitCode, { name, department }: NamedOfficer): OfficerPseudonym {
    const content = [unit, normalised(name), normalised(department ?? '')].join('\u001f');
    const known = this.remembered.get(content);
    if (known !== undefined) return known;
    const digest = createHmac('sha256', this.key).update(content).digest();
    const pseudonym = digest.subarray(0, PSEUDONYM_BYTES).toString('hex') as OfficerPseudonym;
    if (this.remembered.size >= REMEMBERED) this.remembered.clear();
    this.remembered.set(content, pseudonym);
    return pseudonym;
  }
}

/**
 * The unit in an officer's pseudonym. A step names none and may come before its dossier, so it is the unit in front of
 * the dossier's code (`H44.114-20261001-0001`): the same whatever arrived first. Codes without one take the unit that
 * the source is registered for (ADR 0021).
 */
export function officerUnitOf(dossier: DossierId, sourceUnit: UnitCode): UnitCode {
  return unitInCode(dossier) ?? sourceUnit;
}

function normalised(text: string): string {
  return text.normalize('NFC').trim().replace(/\s+/gu, ' ').toLowerCase();
}
