import type { Instant, OfficerPseudonym, UnitCode } from '@index766/kernel';

/** What a push said of an officer, with its place among the records of this pseudonym. */
export interface Sighting {
  readonly sequence: number;
  readonly recordedAt: Instant;
  readonly name: string;
  readonly title?: string | undefined;
  readonly department?: string | undefined;
  readonly unit: UnitCode;
}

/** First and last day, both inclusive. */
export interface Absence {
  readonly firstDay: string;
  readonly lastDay: string;
}

/** What an administrator says of an officer, as a whole. Name and title stand before those of a push. */
export interface OfficerStatement {
  readonly name?: string | undefined;
  readonly title?: string | undefined;
  readonly validFrom?: string | undefined;
  readonly validTo?: string | undefined;
  /** Other spellings of the name. */
  readonly aliases: readonly string[];
  /** The pseudonym that stands for the same person. */
  readonly mergedInto?: OfficerPseudonym | undefined;
  /** Two people share name, unit and department. */
  readonly ambiguous: boolean;
  readonly absences: readonly Absence[];
}

export const NOTHING_STATED: OfficerStatement = { aliases: [], ambiguous: false, absences: [] };

/** What lists of late officers ask of an officer, and since when it was so: without names, so that it can be kept. */
export interface KnowledgeSince extends Pick<OfficerStatement, 'mergedInto' | 'ambiguous' | 'absences'> {
  readonly knownSince: Instant;
}

/** All that is known of the officer behind a pseudonym. An erased one has neither sighting nor statement. */
export interface Officer {
  readonly unit: UnitCode;
  /** Place of the last sighting that was looked at: earlier ones are repetitions. */
  readonly lastSeen: number;
  readonly sighting: Omit<Sighting, 'sequence' | 'recordedAt' | 'unit'> | null;
  readonly statement: OfficerStatement;
  /** When merge, ambiguity and absences came to be as the statement says. */
  readonly knownSince: Instant;
  /** As they were before, in order. */
  readonly earlier: readonly KnowledgeSince[];
  readonly erased: boolean;
  /** How many records told about this officer, and when the last one was recorded. */
  readonly records: number;
  readonly recordedAt: Instant;
}

/** What readers are told about an officer. */
export interface OfficerDescription extends OfficerStatement {
  readonly name: string;
  readonly department?: string | undefined;
  readonly unit: UnitCode;
}

/** Null for an officer whose name was erased. */
export function descriptionOf(officer: Officer): OfficerDescription | null {
  const { sighting, statement, unit, erased } = officer;
  const name = statement.name ?? sighting?.name;
  if (erased || name === undefined) return null;
  return { ...statement, name, title: statement.title ?? sighting?.title, department: sighting?.department, unit };
}
