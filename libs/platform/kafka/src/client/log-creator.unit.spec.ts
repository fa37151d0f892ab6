import { logLevel } from 'kafkajs';
import { createLogCreator } from './log-creator';

describe('the log of kafkajs', () => {
  it('says a routine error once in ten seconds and then how often it came', () => {
    const written: unknown[] = [];
    const write = (level: string) => (fields: object, message: string) => written.push({ level, message, ...fields });
    let now = 0;
    const log = createLogCreator({ debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }, () => now)(logLevel.INFO);
    const refuse = () => log({ namespace: '', level: logLevel.ERROR, label: 'ERROR', log: { timestamp: '', message: 'Connection error: refused' } });

    refuse();
    for (now = 1_000; now < 10_000; now += 1_000) refuse();
    refuse();

    const entry = { level: 'warn', message: 'Connection error: refused', component: 'kafkajs' };
    expect(written).toEqual([entry, { ...entry, heldBack: 9 }]);
  });
});
