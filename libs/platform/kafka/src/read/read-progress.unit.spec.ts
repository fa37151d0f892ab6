import { ReadProgress } from './read-progress';

const ends = (start: bigint, end: bigint, partition = 0) => ({ topic: 'facts', partition, start, end });
const messages = (...offsets: number[]) => offsets.map((offset) => ({ offset: String(offset) }));
const fromStart = () => undefined;

describe('the progress of a reading', () => {
  it('is done at once for partitions that are empty, or whose end was reached before', () => {
    expect(new ReadProgress([ends(0n, 0n), ends(7n, 7n, 1)], fromStart).isDone).toBe(true);
    expect(new ReadProgress([ends(0n, 5n)], () => 5n).isDone).toBe(true);
    expect(new ReadProgress([ends(0n, 5n)], () => 9n).isDone).toBe(true);
  });

  it('begins at the place that is wanted, or at the oldest record that is kept', () => {
    expect(new ReadProgress([ends(3n, 9n)], fromStart).places).toEqual([{ topic: 'facts', partition: 0, offset: 3n }]);
    expect(new ReadProgress([ends(3n, 9n)], () => 1n).places).toEqual([{ topic: 'facts', partition: 0, offset: 3n }]);
    expect(new ReadProgress([ends(3n, 9n)], () => 6n).places).toEqual([{ topic: 'facts', partition: 0, offset: 6n }]);
  });

  it('wants each record once, up to the end as it was', () => {
    const progress = new ReadProgress([ends(0n, 5n)], fromStart);
    expect(progress.wanted('facts', 0, messages(0, 1, 2))).toEqual(messages(0, 1, 2));
    expect(progress.passed('facts', 0, '2', '2')).toBe(false);
    expect(progress.wanted('facts', 0, messages(0, 1, 2, 3))).toEqual(messages(3));
    expect(progress.passed('facts', 0, '3', '3')).toBe(false);
    expect(progress.wanted('facts', 0, messages(4, 5, 6))).toEqual(messages(4));
    expect(progress.passed('facts', 0, '4', '6')).toBe(true);
    expect(progress.isDone).toBe(true);
    expect(progress.wanted('facts', 0, messages(7))).toEqual([]);
    expect(progress.ends).toEqual([{ topic: 'facts', partition: 0, offset: 5n }]);
  });

  it('passes offsets without a record that anybody sees', () => {
    const progress = new ReadProgress([ends(0n, 10n)], fromStart);
    progress.passed('facts', 0, '2', '6');
    expect(progress.places).toEqual([{ topic: 'facts', partition: 0, offset: 7n }]);
    expect(progress.passed('facts', 0, undefined, '9')).toBe(true);
    expect(progress.read).toBe(10n);
  });

  it('ends a partition when its last record comes again with nothing behind it', () => {
    const progress = new ReadProgress([ends(0n, 10n)], fromStart);
    progress.passed('facts', 0, '4', '4');
    expect(progress.lookBack()).toBe(true);
    expect(progress.places).toEqual([{ topic: 'facts', partition: 0, offset: 4n }]);
    expect(progress.wanted('facts', 0, messages(4))).toEqual([]);
    expect(progress.passed('facts', 0, undefined, '4')).toBe(true);
  });

  it('goes on when something came behind the last record after all', () => {
    const progress = new ReadProgress([ends(0n, 10n)], fromStart);
    progress.passed('facts', 0, '4', '4');
    progress.lookBack();
    expect(progress.wanted('facts', 0, messages(4, 5))).toEqual(messages(5));
    expect(progress.passed('facts', 0, '5', '5')).toBe(false);
    expect(progress.places).toEqual([{ topic: 'facts', partition: 0, offset: 6n }]);
  });

  it('has nothing to look back to before the first record', () => {
    const progress = new ReadProgress([ends(0n, 10n)], fromStart);
    expect(progress.lookBack()).toBe(false);
    expect(progress.passed('facts', 0, undefined, '3')).toBe(false);
  });
});
