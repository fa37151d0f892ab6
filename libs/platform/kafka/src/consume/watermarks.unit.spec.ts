import { encodeWatermark } from '@index766/contracts-envelope';
import { instantOf } from '@index766/kernel';
import { BEFORE_ANY_WATERMARK, REPLAY_KNOWN_AFTER } from '../dead-letters/dead-letter';
import { fromCommitMetadata, knownAtOf, placeRecords, toCommitMetadata } from './watermarks';

const fact = { key: 'k', headers: {}, value: Buffer.from('{}') };
const at = (milliseconds: number) => encodeWatermark('dossiers', instantOf(milliseconds));

describe('records among watermarks', () => {
  it('have the last one before them', () => {
    const placed = placeRecords([fact, at(1_000), fact, fact, at(2_000), fact], undefined);
    expect(placed.map(({ knownAfter, watermark }) => [knownAfter, watermark])).toEqual([
      [undefined, undefined], [undefined, 1_000], [1_000, undefined], [1_000, undefined], [1_000, 2_000], [2_000, undefined],
    ]);
  });

  it('go on from the one before the first of them', () => {
    expect(placeRecords([fact], instantOf(500)).map(({ knownAfter }) => knownAfter)).toEqual([500]);
  });

  it('are not known earlier because a clock went back', () => {
    expect(placeRecords([at(2_000), at(1_000), fact], undefined).map(({ knownAfter }) => knownAfter)).toEqual([undefined, 2_000, 2_000]);
  });

  it('are left to decode when they only look like one', () => {
    const [broken, after] = placeRecords([{ ...at(1_000), value: Buffer.from('?') }, fact], undefined);
    expect([broken?.watermark, after?.knownAfter]).toEqual([undefined, undefined]);
  });

  it.each([
    ['as early as their first copy', '1970-01-01T00:00:01.000Z', 1_000],
    ['as early as a first copy before any watermark', BEFORE_ANY_WATERMARK, undefined],
    ['by their place when nobody can read how early that was', 'soon', 9_000],
  ])('are known, when they are replayed, %s', (_, header, knownAfter) => {
    const replayed = { ...fact, headers: { [REPLAY_KNOWN_AFTER]: header } };
    expect(placeRecords([at(9_000), replayed], undefined)[1]?.knownAfter).toBe(knownAfter);
  });
});

describe('the known instant of a fact', () => {
  it.each([
    ['its recording, before any watermark', 5_000, undefined, 5_000],
    ['its recording, when the watermark before it is older', 5_000, 4_000, 5_000],
    ['the watermark before it, when the producer wrote it late', 5_000, 6_000, 6_000],
  ])('is %s', (_, recordedAt, knownAfter, expected) => {
    expect(knownAtOf(instantOf(recordedAt), knownAfter === undefined ? undefined : instantOf(knownAfter))).toBe(expected);
  });
});

describe('a watermark in the metadata of a position', () => {
  it.each([undefined, 0, 1_790_000_000_123])('comes back as %p', (milliseconds) => {
    const watermark = milliseconds === undefined ? undefined : instantOf(milliseconds);
    expect(fromCommitMetadata(toCommitMetadata(watermark))).toBe(watermark);
  });

  it.each([null, '', 'any', 'watermark=soon'])('is none in %p', (metadata) => expect(fromCommitMetadata(metadata)).toBeUndefined());
});
