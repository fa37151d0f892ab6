import { compareText, type UnitCode } from '@index766/kernel';
import type { CountedRow, FigureRow } from './figure-row';
import { unitPlacesIn, type TopUnit, type UnitPlaces } from './unit-places';

/** Level of a unit in the sample; balancing units appear in no ranking or list. */
export type SampleLevel = 'PROVINCE' | 'MINISTRY' | 'DEPARTMENT' | 'COMMUNE' | 'BALANCE';

/** What the sample makes for one unit: its place in the tree and the dossiers of 2.1. */
export interface SampleUnit {
  readonly code: UnitCode;
  readonly name: string;
  readonly level: SampleLevel;
  readonly parent: UnitCode | null;
  /** Numerator and denominator of 2.1. */
  readonly onTime: number;
  readonly dossiers: number;
  /** Of the dossiers, how many were received in the period, and of these how many online (3.3). */
  readonly received: number;
  readonly online: number;
}

/** Which units of a figures file are made: some, all, or all and balancing units so that the province's row comes out. */
export type SampleScope =
  | { readonly kind: 'units'; readonly units: readonly UnitCode[] }
  | { readonly kind: 'every-unit' }
  | { readonly kind: 'province' };

export interface SampleUnits {
  /** Parents first. */
  readonly units: readonly SampleUnit[];
  /** Units of the file that are not made, each with the reason. */
  readonly skipped: readonly { readonly unit: UnitCode; readonly reason: string }[];
}

/** Share of the dossiers of 2.1 that a unit without a 3.3 received in the period, and of these online: a province's month. */
const RECEIVED = { numerator: 152_595, denominator: 184_513 };
const ONLINE = { numerator: 150_956, denominator: 152_595 };
/** Dossiers of one balancing unit, at most. */
const BALANCING_SIZE = 2_500;

/**
 * The units that a sample makes of monthly rows (index-766.md §7). A unit without a row of 2.1, or without a place, is
 * skipped. `places` are those of all rows if some were left out.
 */
export function sampleUnitsOf(rows: readonly FigureRow[], scope: SampleScope, places: UnitPlaces = unitPlacesIn(rows)): SampleUnits {
  const codes = [...new Set([...places.tops.map(({ code }) => code), ...rows.map(({ unit }) => unit)])].sort(compareText);
  const chosen = scope.kind === 'units' ? codes.filter((code) => scope.units.includes(code)) : codes;
  const skipped: { unit: UnitCode; reason: string }[] = scope.kind === 'units'
    ? scope.units.filter((code) => !codes.includes(code)).map((unit) => ({ unit, reason: 'the figures have no such unit' })) : [];
  const below: SampleUnit[] = [];
  for (const code of chosen) {
    const row = rows.find(({ unit }) => unit === code);
    const [parent, reason] = [places.parents.get(code), places.without.get(code)];
    if (reason !== undefined) skipped.push({ unit: code, reason });
    if (row === undefined || parent === undefined) continue;
    const onTime = counted(rows, code, '2.1');
    if (onTime === undefined) skipped.push({ unit: code, reason: 'the figures have no row of 2.1 for it' });
    else below.push(unitOf(rows, row, parent, onTime));
  }
  const parents = new Set(below.map(({ parent }) => parent));
  const isMade = ({ code }: TopUnit) => parents.has(code) || (chosen.includes(code) && rows.some(({ unit }) => unit === code));
  const tops = places.tops.filter(isMade);
  const balancing = scope.kind === 'province' ? tops.flatMap(({ code }) => balancingUnits(rows, code, places, below)) : [];
  return { units: [...tops.map(topUnit), ...below, ...balancing], skipped };
}

/**
 * Dossiers of 2.1 in the province's row beyond those of its units in the file: what balancing units would hold. Null
 * without such a row.
 */
export function leftForBalancing(
  rows: readonly FigureRow[], province: UnitCode, { parents }: UnitPlaces = unitPlacesIn(rows),
): { onTime: number; dossiers: number } | null {
  const whole = counted(rows, province, '2.1');
  if (whole === undefined) return null;
  const parts = rows.filter((row) => parents.get(row.unit) === province && row.indicator === '2.1');
  return {
    onTime: whole.numerator - sum(parts.map(({ numerator }) => numerator ?? 0)),
    dossiers: whole.denominator - sum(parts.map(({ denominator }) => denominator ?? 0)),
  };
}

function topUnit({ code, name, level }: TopUnit): SampleUnit {
  return { code, name, level, parent: null, onTime: 0, dossiers: 0, received: 0, online: 0 };
}

function unitOf(rows: readonly FigureRow[], { unit, unitName, level }: FigureRow, parent: UnitCode, onTime: CountedRow): SampleUnit {
  const submitted = counted(rows, unit, '3.3');
  const received = Math.min(onTime.denominator, submitted?.denominator ?? share(onTime.denominator, RECEIVED));
  return {
    code: unit, name: unitName, level, parent, onTime: onTime.numerator, dossiers: onTime.denominator, received,
    online: Math.min(received, submitted?.numerator ?? share(received, ONLINE)),
  };
}

/** Units of at most 2,500 dossiers that hold what the province's row has beyond its units. */
function balancingUnits(
  rows: readonly FigureRow[], province: UnitCode, places: UnitPlaces, units: readonly SampleUnit[],
): readonly SampleUnit[] {
  const left = leftForBalancing(rows, province, places);
  if (left === null || left.onTime < 0 || left.onTime > left.dossiers) return [];
  const own = units.filter(({ parent }) => parent === province);
  const submitted = counted(rows, province, '3.3');
  const leftOf = (whole: number | undefined, parts: readonly number[], otherwise: number, most: number) =>
    Math.max(0, Math.min(whole === undefined ? otherwise : whole - sum(parts), most));
  const received = leftOf(submitted?.denominator, own.map((unit) => unit.received), share(left.dossiers, RECEIVED), left.dossiers);
  const online = leftOf(submitted?.numerator, own.map((unit) => unit.online), share(received, ONLINE), received);
  const count = Math.ceil(left.dossiers / BALANCING_SIZE);
  const digits = Math.max(2, String(count).length);
  const made = { onTime: 0, dossiers: 0, received: 0, online: 0 };
  return Array.from({ length: count }, (_, index): SampleUnit => {
    // Each cut is made in the running totals, so that the parts add up to the whole and none exceeds what holds it.
    const onTime = cut(left.onTime, index + 1, count);
    const dossiers = onTime + cut(left.dossiers - left.onTime, index + 1, count);
    const inPeriod = cut(received, dossiers, left.dossiers);
    const totals = { onTime, dossiers, received: inPeriod, online: cut(online, inPeriod, received) };
    const number = String(index + 1).padStart(digits, '0');
    const unit: SampleUnit = {
      code: `${province}.BALANCE-${number}` as UnitCode, name: `Đơn vị cân bằng ${number} (balancing unit)`, level: 'BALANCE',
      parent: province, onTime: totals.onTime - made.onTime, dossiers: totals.dossiers - made.dossiers,
      received: totals.received - made.received, online: totals.online - made.online,
    };
    Object.assign(made, totals);
    return unit;
  });
}

/** The part of `total` that falls to `part` of `whole`, rounded down. */
function cut(total: number, part: number, whole: number): number {
  return whole === 0 ? 0 : Math.floor((total * part) / whole);
}

function counted(rows: readonly FigureRow[], unit: UnitCode, indicator: string): CountedRow | undefined {
  const row = rows.find((candidate) => candidate.unit === unit && candidate.indicator === indicator);
  if (row === undefined || row.numerator === null || row.denominator === null) return undefined;
  return { ...row, numerator: row.numerator, denominator: row.denominator };
}

function share(whole: number, { numerator, denominator }: { numerator: number; denominator: number }): number {
  return Math.round((whole * numerator) / denominator);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
