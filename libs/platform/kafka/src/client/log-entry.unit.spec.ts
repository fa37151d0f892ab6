import { mapLogEntry } from './log-entry';

const entry = (label: string, message: string, extra: object = {}) => ({ namespace: 'Consumer', label, log: { message, timestamp: 't', ...extra } });

describe('an entry of kafkajs', () => {
  it.each([
    ['ERROR', 'Connection error: connect ECONNREFUSED 127.0.0.1:9092', 'warn'],
    ['ERROR', 'The group is rebalancing, so a rejoin is needed', 'warn'],
    ['ERROR', 'Failed to find group coordinator', 'warn'],
    ['ERROR', 'Crash: KafkaJSNumberOfRetriesExceeded: no answer', 'warn'],
    ['ERROR', 'The broker received an out of order sequence number', 'error'],
    ['WARN', 'Consumer group received unsubscribed topics', 'warn'],
    ['WARN', 'Limiting retries for the idempotent producer may invalidate EoS guarantees', 'debug'],
    ['INFO', 'Consumer has joined the group', 'info'],
    ['INFO', 'Pausing fetching from 1 topics', 'debug'],
    ['DEBUG', 'Request Fetch', 'debug'],
  ])('%s "%s" is logged as %s', (label, message, level) => expect(mapLogEntry(entry(label, message)).level).toBe(level));

  it('keeps names and counts and drops what could carry content', () => {
    const { fields } = mapLogEntry(entry('ERROR', 'any', { groupId: 'g', topic: 't', messages: ['secret'], payload: 'secret', stack: 'secret' }));
    expect(fields).toEqual({ component: 'kafkajs.Consumer', groupId: 'g', topic: 't' });
  });

  it('is of the same kind whatever the numbers in its text', () => {
    const kinds = ['Connection error: 127.0.0.1:9092', 'Connection error: 127.0.0.1:9093'].map((text) => mapLogEntry(entry('ERROR', text)).kind);
    expect(new Set(kinds).size).toBe(1);
  });
});
