import type { Counts } from './counts-by-unit';
import { spread, type Room } from './spread';

/** Petitions that a unit received in the period (index-766.md §4, 5.1–5.3). */
export interface PetitionCounts {
  readonly received: number;
  readonly onTime: number;
  /** Of those on time, neither rated unsatisfied nor followed by another about the answer. */
  readonly satisfied: number;
  readonly aboutRules: number;
  readonly aboutConduct: number;
}

export const NO_PETITIONS: PetitionCounts = { received: 0, onTime: 0, satisfied: 0, aboutRules: 0, aboutConduct: 0 };

interface Part {
  readonly key: keyof PetitionCounts;
  readonly indicators: readonly string[];
  readonly side: 'numerator' | 'denominator';
  readonly most: (counts: PetitionCounts) => number;
  /** Share where nothing is published. */
  readonly usual: 0 | 1;
}

const PARTS: readonly Part[] = [
  { key: 'received', indicators: ['5.2', '5.3', '5.1-TTHC', '5.1-STAFF'], side: 'denominator', most: () => Number.POSITIVE_INFINITY, usual: 0 },
  { key: 'onTime', indicators: ['5.2'], side: 'numerator', most: ({ received }) => received, usual: 1 },
  { key: 'satisfied', indicators: ['5.3'], side: 'numerator', most: ({ onTime }) => onTime, usual: 1 },
  { key: 'aboutRules', indicators: ['5.1-TTHC'], side: 'numerator', most: ({ received }) => received, usual: 0 },
  { key: 'aboutConduct', indicators: ['5.1-STAFF'], side: 'numerator', most: ({ received, aboutRules }) => received - aboutRules, usual: 0 },
];

export interface SharedPetitions {
  readonly counts: readonly PetitionCounts[];
  readonly misfits: readonly string[];
}

/**
 * The petitions of each unit: what is published of it; what the parent has beyond that goes to the balancing units, for
 * whoever has no row received none.
 */
export function sharePetitions(units: readonly { readonly rows: Counts; readonly isBalancing: boolean }[], whole: Counts): SharedPetitions {
  let counts: readonly PetitionCounts[] = units.map(() => NO_PETITIONS);
  const misfits = new Set<string>();
  for (const part of PARTS) {
    const stated = (rows: Counts) => part.indicators.map((id) => rows.get(id)?.[part.side]).find((count) => count !== undefined);
    const total = stated(whole);
    const rooms = units.map(({ rows, isBalancing }, index): Room => {
      const published = stated(rows);
      if (published !== undefined) return { least: published, most: published };
      const most = part.most(counts[index] ?? NO_PETITIONS);
      return { least: 0, most: Number.isFinite(most) ? most : isBalancing ? (total ?? 0) : 0 };
    });
    const shared = total === undefined ? null : spread(total, rooms);
    if (total !== undefined && shared === null) for (const id of part.indicators) if (whole.has(id)) misfits.add(id);
    counts = counts.map((before, index) => {
      const { least, most } = rooms[index] ?? { least: 0, most: 0 };
      return { ...before, [part.key]: shared?.[index] ?? (least === most ? least : part.usual * most) };
    });
  }
  return { counts, misfits: [...misfits] };
}
