import type { Counts } from './counts-by-unit';
import { spread, usualPart, type Room } from './spread';

/** Of a unit's dossiers of 2.1, how many are what (index-766.md §4). */
export interface DossierCounts {
  /** With a financial obligation, and of these paid online (3.6). */
  readonly obliged: number;
  readonly paid: number;
  /** Received in the period, and of these online (3.3). */
  readonly received: number;
  readonly online: number;
  /** With an electronic result (4.1), and of these with digitised components (4.2). */
  readonly electronicResult: number;
  readonly digitised: number;
  /** 4.3, 4.4, 4.5b. */
  readonly reused: number;
  readonly fromPersonalStore: number;
  readonly populationData: number;
  /** On time, less one for each dossier with a dissatisfied rating or a petition (5.4). */
  readonly satisfied: number;
}

/** A unit whose dossiers are counted: its rows, and its 2.1. Balancing units have no rows. */
export interface CountedUnit {
  readonly rows: Counts;
  readonly onTime: number;
  readonly dossiers: number;
}

interface Part {
  readonly key: keyof DossierCounts;
  readonly indicator: string;
  readonly side: 'numerator' | 'denominator';
  /** What it is a part of, among the parts before it. */
  readonly most: (unit: CountedUnit, counts: DossierCounts) => number;
  /** Procedures that are used need a dossier each. */
  readonly least?: (rows: Counts) => number;
  /** False for a unit whose other rows ask for the least only, which is what it has of what `least` counts. */
  readonly isAsked?: (rows: Counts) => boolean;
  /** Share in a province's month, where nothing is published. */
  readonly usual: number;
}

const numeratorOf = (rows: Counts, indicator: string) => rows.get(indicator)?.numerator ?? 0;
const ofDossiers = ({ dossiers }: CountedUnit) => dossiers;

const PARTS: readonly Part[] = [
  { key: 'obliged', indicator: '3.6', side: 'denominator', most: ofDossiers, usual: 0.534, least: (rows) => numeratorOf(rows, '3.5b') },
  { key: 'paid', indicator: '3.6', side: 'numerator', most: (_, { obliged }) => obliged, usual: 0.842 },
  { key: 'received', indicator: '3.3', side: 'denominator', most: ofDossiers, usual: 0.827, least: (rows) => numeratorOf(rows, '3.2') },
  { key: 'online', indicator: '3.3', side: 'numerator', most: (_, { received }) => received, usual: 0.989, least: (rows) => numeratorOf(rows, '3.2') },
  { key: 'electronicResult', indicator: '4.1', side: 'numerator', most: ofDossiers, usual: 0.722, least: (rows) => numeratorOf(rows, '4.2'), isAsked: (rows) => !rows.has('4.2') },
  { key: 'digitised', indicator: '4.2', side: 'numerator', most: (_, { electronicResult }) => electronicResult, usual: 0.159 },
  { key: 'reused', indicator: '4.3', side: 'numerator', most: ofDossiers, usual: 0.017 },
  { key: 'fromPersonalStore', indicator: '4.4', side: 'numerator', most: ofDossiers, usual: 0 },
  { key: 'populationData', indicator: '4.5b', side: 'numerator', most: ofDossiers, usual: 0.464, least: (rows) => numeratorOf(rows, '4.5a') },
  { key: 'satisfied', indicator: '5.4', side: 'numerator', most: ({ onTime }) => onTime, usual: 0.999 },
];

export const NO_DOSSIERS: DossierCounts = {
  obliged: 0, paid: 0, received: 0, online: 0, electronicResult: 0, digitised: 0, reused: 0, fromPersonalStore: 0, populationData: 0, satisfied: 0,
};

export interface SharedCounts {
  /** In the order of the units. */
  readonly counts: readonly DossierCounts[];
  /** Indicators of the parent that its units cannot make up. */
  readonly misfits: readonly string[];
}

/**
 * What each unit's dossiers count. What is published of a unit stands; what its parent has beyond that is shared out
 * among the others in proportion to what they may have. Without a row of the parent, they have the usual share.
 *
 * @param whole the parent's rows, if the units make up its dossiers of 2.1.
 */
export function shareCounts(units: readonly CountedUnit[], whole: Counts): SharedCounts {
  let counts: readonly DossierCounts[] = units.map(() => NO_DOSSIERS);
  const misfits = new Set<string>();
  for (const part of PARTS) {
    const rooms = units.map((unit, index): Room => {
      const published = unit.rows.get(part.indicator)?.[part.side];
      const most = part.most(unit, counts[index] ?? NO_DOSSIERS);
      return published === undefined ? { least: Math.min(part.least?.(unit.rows) ?? 0, most), most } : { least: published, most: published };
    });
    const total = whole.get(part.indicator)?.[part.side];
    const isAsked = units.map(({ rows }) => part.isAsked?.(rows) ?? true);
    // Where it makes more possible, units that need no more than the least get no more until the others have all that they may have.
    const frugal = rooms.map((room, index) => (isAsked[index] === true ? room : { ...room, most: room.least }));
    const generous = rooms.map((room, index) => (isAsked[index] === true ? { ...room, least: room.most } : room));
    const shared = total === undefined ? null : spread(total, frugal) ?? spread(total, generous);
    if (total !== undefined && shared === null) misfits.add(part.indicator);
    const usual = rooms.map((room) => usualPart(room, part.usual));
    const enough = total === undefined ? enoughOf(part, units, whole, rooms, usual) : null;
    counts = counts.map((before, index) => ({ ...before, [part.key]: shared?.[index] ?? enough?.[index] ?? usual[index] ?? 0 }));
  }
  return { counts, misfits: [...misfits] };
}

/** Of what the parent publishes nothing it needs as much as its other rows count beyond what its units count; null: it has that much. */
function enoughOf(
  part: Part, units: readonly CountedUnit[], whole: Counts, rooms: readonly Room[], usual: readonly number[],
): readonly number[] | null {
  const isAsked = units.map(({ rows }) => part.isAsked?.(rows) ?? true);
  const ofOthers = sum(units.map(({ rows }, index) => (isAsked[index] === true ? 0 : part.least?.(rows) ?? 0)));
  const needed = (part.least?.(whole) ?? 0) - ofOthers;
  if (sum(usual.filter((_, index) => isAsked[index])) >= needed) return null;
  const asked = spread(needed, rooms.filter((_, index) => isAsked[index]));
  if (asked === null) return null;
  const parts = [...asked];
  return usual.map((count, index) => (isAsked[index] === true ? parts.shift() ?? count : count));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
