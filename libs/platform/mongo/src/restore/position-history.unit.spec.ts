import { instantOf } from '@index766/kernel';
import { DUMP_MS, RESTORE_OVERLAP_MS, isFinal, positionBefore, startPosition, withPosition, type PositionHistory } from './position-history';

const MINUTE = 60_000;
const entry = (minute: number, final = false) => ({ at: instantOf(minute * MINUTE), offsets: new Map([['facts', BigInt(minute)]]), isFinal: final });
const ticked = (minutes: number): PositionHistory =>
  Array.from({ length: minutes }, (_, minute) => minute).reduce<PositionHistory>((history, minute) => withPosition(history, entry(minute)), []);

describe('the history of positions', () => {
  it('keeps its last entry, one for each quarter of an hour, and one that is older than the overlap, however long it grows', () => {
    const history = ticked(24 * 60);
    expect(history.length).toBeLessThanOrEqual(RESTORE_OVERLAP_MS / (15 * MINUTE) + 4);
    expect(history.at(-1)).toEqual(entry(24 * 60 - 1));
    expect(positionBefore(history, RESTORE_OVERLAP_MS)).toBeDefined();
  });

  it('begins a dump’s time before the last entry, or at the beginning when it does not reach so far', () => {
    const start = startPosition(ticked(100));
    expect(start && 99 * MINUTE - start.at).toBeGreaterThanOrEqual(DUMP_MS);
    expect(start && 99 * MINUTE - start.at).toBeLessThan(DUMP_MS + 16 * MINUTE);
    expect(startPosition(ticked(20))).toBeUndefined();
    expect(startPosition([])).toBeUndefined();
  });

  it('begins where the service ended when it stopped in order, and not any more once it runs again', () => {
    const stopped = withPosition(ticked(100), entry(100, true));
    expect([isFinal(stopped), startPosition(stopped)]).toEqual([true, entry(100, true)]);
    expect(startPosition(withPosition(stopped, entry(101)))?.at).toBeLessThan(100 * MINUTE);
  });
});
