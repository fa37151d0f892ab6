// Whether two sides have the same index: counts to the last one, points as near as doubles can be to fractions.
import { FIGURES } from './index-runs.mjs';

const NEAR = 1e-9;

/** Throws with the first figure that differs; what is not there is NaN in our own rows and null in the others. */
export function assertSame(name, own, others) {
  if (own.length !== others.length) throw new Error(`${name} has ${others.length} units, not ${own.length}`);
  own.forEach((row, at) => row.forEach((figure, column) => {
    const other = others[at][column];
    if (!isSame(FIGURES[column], figure, other)) throw new Error(`${name}: unit ${row[0]} has ${FIGURES[column]} ${other}, not ${figure}`);
  }));
}

function isSame(name, a, b) {
  if (Number.isNaN(a) || b === null) return Number.isNaN(a) && b === null;
  if (!name.endsWith('points')) return a === b;
  return Math.abs(a - b) < NEAR;
}
