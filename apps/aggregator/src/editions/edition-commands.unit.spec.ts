import type { Principal } from '@index766/platform-auth';

import { TakeDecision } from '../decisions';
import { EditionWorld, PROVINCE, at } from '../test/edition-world';
import { periodNamed } from '../test/in-memory-aggregator';
import { EditionCommands, type EditionCommand, type WaivedExclusion } from './edition-commands';

const WEEK = periodNamed('2026-W47');
const publisher: Principal = { subject: 'publisher-1', roles: ['publisher'], units: [PROVINCE] };
const command: EditionCommand = { province: PROVINCE, period: WEEK, principal: publisher, idempotencyKey: 'a', requestHash: 'a' };
const PAYMENTS: WaivedExclusion = { kind: 'producer', id: 'payments', reason: 'producer-down' };

function given(now: string) {
  const world = new EditionWorld();
  world.now = at(now);
  world.state = { ...world.state, watermarks: [...world.state.watermarks, { producer: 'payments', passed: at('2026-11-18T09:00:00+07:00') }] };
  return new EditionCommands(world.member(), new TakeDecision(world.decisions, { now: () => world.now }));
}

describe('what holds back a period', () => {
  it('is waived when the period has ended', async () => {
    expect(await given('2026-11-23T09:00:00+07:00').waive(command, PAYMENTS)).toMatchObject({ ok: true });
  });

  it('is not waived while the period runs: every producer is behind its end then, whatever becomes of it', async () => {
    expect(await given('2026-11-18T10:00:00+07:00').waive(command, PAYMENTS)).toMatchObject({ ok: false, error: { code: 'EDITION.NOTHING_TO_WAIVE' } });
  });
});
