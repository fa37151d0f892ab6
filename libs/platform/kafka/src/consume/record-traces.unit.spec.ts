import { activeTraceparent, keepTraceOverAwaits } from '@index766/platform-observability';
import { inTraceOfRecords, onlyTraceOf } from './record-traces';

const ONE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const OTHER = ONE.replace('0af7', '1bf8');
const record = (traceparent?: string, offset = '0') => ({
  offset, headers: traceparent === undefined ? {} : { traceparent: Buffer.from(traceparent), ce_id: Buffer.from(`event-${offset}`) },
});

beforeAll(() => keepTraceOverAwaits());

describe('records that were fetched together', () => {
  it.each<[string, readonly (string | undefined)[], string | undefined]>([
    ['of one trace', [ONE, ONE], ONE],
    ['of one trace, beside records without any, as watermarks are', [undefined, ONE, undefined], ONE],
    ['of several traces', [ONE, OTHER], undefined],
    ['without any', [undefined], undefined],
  ])('%s', (_, traces, expected) => {
    expect(onlyTraceOf(traces.map((trace) => record(trace)))).toBe(expected);
  });

  const lines: object[] = [];
  const logger = {
    debug: (fields: object) => void lines.push({ ...fields, trace: activeTraceparent() }), info: () => undefined, warn: () => undefined, error: () => undefined,
    isLevelEnabled: () => true,
  };
  const workOn = (traces: readonly string[]) => inTraceOfRecords(
    { partition: 3, parts: [{ topic: 'facts', messages: traces.map((trace, offset) => record(trace, String(offset))) }] }, { group: 'g', logger },
    async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return activeTraceparent();
    },
  );
  beforeEach(() => { lines.length = 0; });

  it('are worked on in the trace of all of them', async () => {
    expect(await workOn([ONE, ONE])).toBe(ONE);
    expect(lines).toEqual([expect.objectContaining({ trace: ONE, group: 'g', topic: 'facts', partition: 3, offset: '0', eventId: 'event-0', records: 2 })]);
  });

  it('of several traces are worked on in one of its own, and told of in each of theirs', async () => {
    const own = await workOn([ONE, OTHER, ONE]);
    expect(own).toMatch(/^00-/);
    expect([ONE, OTHER]).not.toContain(own);
    const batchTraceId = own?.split('-')[1];
    expect(lines).toEqual([
      expect.objectContaining({ trace: ONE, eventId: 'event-0', records: 2, batchTraceId }),
      expect.objectContaining({ trace: OTHER, eventId: 'event-1', records: 1, batchTraceId }),
    ]);
  });

  it('of several topics are told of by topic', async () => {
    const parts = [{ topic: 'facts', messages: [record(ONE, '7'), record(ONE, '8')] }, { topic: 'fees', messages: [record(ONE, '3')] }];
    await inTraceOfRecords({ partition: 3, parts }, { group: 'g', logger }, () => Promise.resolve());
    expect(lines).toEqual([
      expect.objectContaining({ trace: ONE, topic: 'facts', offset: '7', records: 2 }), expect.objectContaining({ trace: ONE, topic: 'fees', offset: '3', records: 1 }),
    ]);
  });

  it('say nothing of it unless somebody wants to know', async () => {
    logger.isLevelEnabled = () => false;
    await workOn([ONE]);
    expect(lines).toEqual([]);
  });

  it('that cannot be worked on fail as they did, after the trace ended', async () => {
    const failing = inTraceOfRecords({ partition: 0, parts: [{ topic: 'facts', messages: [record(ONE)] }] }, { group: 'g', logger }, () => Promise.reject(new RangeError('no')));
    await expect(failing).rejects.toThrow(RangeError);
    expect(activeTraceparent()).toBeUndefined();
  });
});
