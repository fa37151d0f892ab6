import { sourceTopic } from '@index766/contracts-dossiers';
import { addDays, formatLocalDay, instantOf, localDayOf, parseInstant } from '@index766/kernel';
import { databaseName, type RawRecord } from '@index766/testing-integration';
import { hoSo } from './push-elements';
import { RunningDossiers } from './running-dossiers';
import { recordsOf, typeOf, valueOf, waitForRecords, waitUntilSent } from './topic-reader';

let dossiers: RunningDossiers;
beforeAll(async () => {
  dossiers = await RunningDossiers.start(databaseName(__filename));
}, 120_000);
afterAll(() => dossiers.stop());

const dayOf = ({ headers }: RawRecord) => formatLocalDay(localDayOf(parseInstant(headers['ce_recordedtime'] ?? '') ?? instantOf(0)));
/** As days ago, by the clock of here: a midnight in between makes it one day earlier, which changes nothing. */
const dayBefore = (days: number) => formatLocalDay(addDays(localDayOf(instantOf(Date.now())), -days));

describe('a source that pushes', () => {
  it('is told of once a day, with a push of nothing and one that only repeats what is known, too', async () => {
    await dossiers.push([], { subject: 'idle' });
    await dossiers.push([hoSo()], { subject: 'idle' });
    await dossiers.push([hoSo()], { subject: 'idle' });
    await dossiers.restart();
    await dossiers.push([hoSo()], { subject: 'idle' });

    await waitUntilSent(dossiers);
    const told = await recordsOf(dossiers, sourceTopic.name, 'idle');
    expect(told.length).toBeGreaterThan(0);
    // One of each day: midnight may lie in between.
    expect(new Set(told.map(dayOf)).size).toBe(told.length);
    expect(told.map((record) => [typeOf(record), valueOf(record)])).toEqual(told.map(() => ['source-heard', { source: 'idle' }]));
  });

  it('is not told of by a replay', async () => {
    const token = await dossiers.tokenFor(['replay'], ['H44'], 'replayed');
    const body = { service: 'DongBoHoSoMC', recordedAt: '2026-10-06T00:00:00.000Z', data: [hoSo({ MaHoSo: 'H44.114-20261005-0002' })] };
    expect(await (await dossiers.post('/v1/national-sync', { token, body })).json()).toMatchObject({ error_code: '0' });
    await waitUntilSent(dossiers);
    expect(await recordsOf(dossiers, sourceTopic.name, 'replayed')).toEqual([]);
  });
});

describe('a source that says a day is complete', () => {
  const say = async (day: unknown, roles: Parameters<RunningDossiers['tokenFor']>[0] = ['source']) => {
    const response = await dossiers.put('/v1/source-complete', { token: await dossiers.tokenFor(roles, ['H44'], 'exact'), body: { day } });
    const body: unknown = await response.json();
    return { status: response.status, body };
  };

  it('is told of once, and a day before it says nothing new', async () => {
    const [last, earlier] = [dayBefore(2), dayBefore(5)];
    const answer = { status: 200, body: { source: 'exact', completeThrough: last } };
    expect([await say(last), await say(last), await say(earlier)]).toEqual([answer, answer, answer]);

    await waitForRecords(dossiers, sourceTopic.name, 'exact', 1);
    await waitUntilSent(dossiers);
    expect((await recordsOf(dossiers, sourceTopic.name, 'exact')).map((record) => [typeOf(record), valueOf(record)]))
      .toEqual([['source-complete', { source: 'exact', day: last }]]);
  });

  it.each([
    ['a day that is not over', () => dayBefore(-1), 409, 'SOURCE.DAY_NOT_OVER'],
    ['a day that does not exist', () => '2026-02-30', 400, 'REQUEST.INVALID'],
    ['no day', () => undefined, 400, 'REQUEST.INVALID'],
  ])('is refused of %s', async (_, day, status, code) => {
    expect(await say(day())).toMatchObject({ status, body: { code } });
  });

  it('is a source, and nobody else', async () => {
    expect(await say(dayBefore(1), ['desk'])).toMatchObject({ status: 403, body: { code: 'AUTH.MISSING_ROLE' } });
  });
});
