import fc from 'fast-check';
import { activeTraceparent, formatTraceparent, inTrace, keepTraceOverAwaits, parseTraceparent } from './trace-context';

const HEADER = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

beforeAll(() => keepTraceOverAwaits());

test('a traceparent is read and written', () => {
  const span = parseTraceparent(HEADER);
  expect(span).toEqual({ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1, isRemote: true });
  expect(span && formatTraceparent(span)).toBe(HEADER);
});

test.each([
  undefined, '', 'nonsense', HEADER.replace('00-', '01-'), HEADER.toUpperCase(), `${HEADER}-x`,
  '00-00000000000000000000000000000000-b7ad6b7169203331-01', '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01',
])('%p is none', (text) => {
  expect(parseTraceparent(text)).toBeUndefined();
});

test('every valid one survives the round trip', () => {
  const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`)).filter((text) => !/^0+$/.test(text));
  fc.assert(
    fc.property(hex(32), hex(16), fc.constantFrom('00', '01'), (traceId, spanId, flags) => {
      const header = `00-${traceId}-${spanId}-${flags}`;
      const span = parseTraceparent(header);
      expect(span && formatTraceparent(span)).toBe(header);
    }),
    { seed: 766, numRuns: 100 },
  );
});

test('a trace holds over awaits and ends with its work; traces beside each other do not mix', async () => {
  const other = HEADER.replace('0af7', '1bf8');
  const seen = (header: string) =>
    inTrace(header, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return activeTraceparent();
    });
  expect(await Promise.all([seen(HEADER), seen(other)])).toEqual([HEADER, other]);
  expect(activeTraceparent()).toBeUndefined();
});

test('work without a valid header gets a trace of its own', () => {
  const first = inTrace('nonsense', activeTraceparent);
  const second = inTrace(undefined, activeTraceparent);
  expect(parseTraceparent(first)).toBeDefined();
  expect(first).not.toBe(second);
});
