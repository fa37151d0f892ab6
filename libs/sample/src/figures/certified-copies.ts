import type { UnitCode } from '@index766/kernel';
import { isCounted, type FigureRow } from './figure-row';
import type { UnitPlaces } from './unit-places';

/** Whether each commune below a top certifies electronic copies (4.6); null or absent: nobody says. */
export type CopiesBelow = ReadonlyMap<UnitCode, boolean | null>;

/** What may be said of a commune without changing its own row. */
interface Choice {
  readonly unit: UnitCode;
  readonly says: boolean | null;
  readonly canOffer: boolean;
  readonly canDecline: boolean;
}

const FULL_POINTS = 2;
const TOLERANCE = 0.0051;

/** A commune offers it or not, a unit that is no commune has nothing to say; no data counts in full (index-766.md §4, 4.6). */
export function isPossibleBelow(row: FigureRow): boolean {
  const isCommune = row.level === 'COMMUNE';
  if (isCounted(row)) return row.denominator === 0 || (isCommune && row.denominator === 1);
  return row.points === null || isNear(Number(row.points), FULL_POINTS) || (isCommune && isNear(Number(row.points), 0));
}

/**
 * Which communes below a top offer certified copies, so that its row of 4.6 comes out: offering ones of all, or in full where
 * nobody says anything. Null: whatever the communes without a row do, it does not come out.
 */
export function copiesBelow(top: UnitCode, rows: readonly FigureRow[], { parents }: UnitPlaces): CopiesBelow | null {
  const below = rows.filter((row) => parents.get(row.unit) === top && row.level === 'COMMUNE');
  const choices = below.filter(({ indicator, numerator }) => indicator === '2.1' && numerator !== null)
    .map(({ unit }) => choiceOf(unit, below.find((row) => row.unit === unit && row.indicator === '4.6')));
  const own = rows.find(({ unit, indicator }) => unit === top && indicator === '4.6');
  const said = choices.filter(({ says }) => says !== null);
  if (said.length === 0 && (own === undefined || agrees(own, 0, 0))) return new Map();
  const free = choices.filter(({ says, canOffer }) => says === null && canOffer);
  const offering = said.filter(({ says }) => says === true).length;
  for (let more = 0; more <= free.length; more += 1) {
    const isSaid = said.length + more > 0;
    // Somebody has to say no, where nobody says yes.
    const declining = isSaid ? undefined : choices.find(({ canDecline }) => canDecline);
    if ((!isSaid && declining === undefined) || (own !== undefined && !agrees(own, offering + more, choices.length))) continue;
    const chosen = new Set(free.slice(0, more).map(({ unit }) => unit));
    return new Map(choices.map(({ unit, says }) => [unit, chosen.has(unit) ? true : unit === declining?.unit ? false : says]));
  }
  return null;
}

function choiceOf(unit: UnitCode, row: FigureRow | undefined): Choice {
  if (row === undefined) return { unit, says: null, canOffer: true, canDecline: true };
  if (isCounted(row)) return { unit, says: row.denominator === 0 ? null : row.numerator > 0, canOffer: false, canDecline: false };
  const isFull = row.points === null || isNear(Number(row.points), FULL_POINTS);
  return { unit, says: isFull ? null : false, canOffer: isFull, canDecline: row.points === null };
}

function agrees(row: FigureRow, offering: number, all: number): boolean {
  if (isCounted(row) && (row.numerator !== offering || row.denominator !== all)) return false;
  return row.points === null || isNear(Number(row.points), all === 0 ? FULL_POINTS : (FULL_POINTS * offering) / all);
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= TOLERANCE;
}
