import { databaseName, until } from '@index766/testing-integration';
import { VIETNAM_CALENDAR } from '@index766/working-time';
import type { dossierJson } from '../http/dossier-json';
import { CatalogRecords } from './catalog-records';
import { hoSo } from './push-elements';
import { RunningDossiers } from './running-dossiers';

let dossiers: RunningDossiers;
beforeAll(async () => {
  dossiers = await RunningDossiers.start(databaseName(__filename));
}, 120_000);
afterAll(() => dossiers.stop());

const code = (number: number) => `H44.114-20901002-${String(number).padStart(4, '0')}`;
/** Received on a Monday so far ahead that no due date has passed: five working days end on Monday the 9th. */
const COMPUTED = { NgayNopHoSo: '', NgayTiepNhan: '02/10/2090 08:30:00', NgayHenTra: '' };
const OPEN = [1, 2, 3].map(code);
const DUE = '2090-10-09T17:00:00.000Z';
const HOLIDAY = { day: '2090-10-09', name: 'Ngày nghỉ của spec' };

const dueOf = async (dossier: string) => ((await (await dossiers.get(`/v1/dossiers/${dossier}`)).json()) as ReturnType<typeof dossierJson>).deadline?.dueAt;
const changesOf = async (version: string) => (await (await dossiers.get(`/v1/due-date-changes/${version}`)).json()) as { readonly moves: readonly unknown[] };
const ask = async (body: object, query = '', role: 'administrator' | 'desk' = 'administrator') =>
  dossiers.post(`/v1/calendar-what-if${query}`, { token: await dossiers.tokenFor([role], ['*']), body });
const whatIf = async (body: object, query = '') => (await (await ask(body, query)).json()) as { readonly calendar?: string; readonly moves: readonly { readonly dossier: string }[] };

describe('what an announced day would move', () => {
  const catalog = () => new CatalogRecords(dossiers.brokers);
  const calendar = { ...VIETNAM_CALENDAR, coversFrom: '2060-01-01', coversTo: '2099-12-31', holidays: [], makeUpDays: [] };
  beforeAll(async () => {
    await catalog().unit({ code: 'H44', parent: null, level: 'PROVINCE' });
    await catalog().unit({ code: 'H44.114', parent: 'H44' });
    await catalog().procedure({ version: 1, term: { kind: 'working-days', amount: 5 } });
    await catalog().wholeCalendar({ ...calendar, version: 2 });
    await dossiers.push([
      ...OPEN.map((MaHoSo) => hoSo({ MaHoSo, ...COMPUTED })),
      hoSo({ MaHoSo: code(4), ...COMPUTED, NgayHenTra: '09/10/2090' }),
      hoSo({ MaHoSo: code(5), ...COMPUTED, TrangThaiHoSo: 9, NgayKetThucXuLy: '06/10/2090 10:00:00' }),
    ]);
    await until(async () => (await whatIf({})).calendar === 'vn@2', { what: 'the calendar to be known' });
    for (const dossier of OPEN) await until(async () => (await dueOf(dossier)) === DUE, { what: `the due date of ${dossier}` });
  }, 60_000);

  const moved = { before: DUE, after: '2090-10-10T17:00:00.000Z', counts: true };

  it('is every open dossier whose due date was computed, with the due date it would have', async () => {
    expect(await whatIf({ holidays: [HOLIDAY] })).toEqual({ calendar: 'vn@2', moves: OPEN.map((dossier) => ({ dossier, ...moved })), lookedAt: 3, next: null });
  });

  it('is nothing for a day that no due date meets', async () => {
    expect(await whatIf({ holidays: [{ ...HOLIDAY, day: '2090-11-01' }] })).toMatchObject({ moves: [], lookedAt: 3 });
  });

  it('moves them earlier for a Saturday that is worked', async () => {
    const makeUpDays = [{ day: '2090-10-07', name: 'Làm bù', hoursOf: 1 }];
    expect((await whatIf({ makeUpDays })).moves).toEqual(OPEN.map((dossier) => ({ dossier, before: DUE, after: '2090-10-07T17:00:00.000Z', counts: true })));
  });

  it('comes page by page', async () => {
    expect(await whatIf({ holidays: [HOLIDAY] }, '?limit=2')).toMatchObject({ lookedAt: 2, next: OPEN[1] });
    expect((await whatIf({ holidays: [HOLIDAY] }, `?limit=2&after=${OPEN[1] ?? ''}`)).moves.map(({ dossier }) => dossier)).toEqual(OPEN.slice(2));
  });

  it('is refused by the place that is wrong, and to whom it is not for', async () => {
    expect(await whatIf({ holidays: [{ ...HOLIDAY, day: '1999-01-01' }] })).toMatchObject({ code: 'REQUEST.INVALID', errors: [{ path: 'holidays.0.day' }] });
    expect((await ask({}, '', 'desk')).status).toBe(403);
  });

  it('is what comes when the day is applied, and nothing before', async () => {
    expect((await changesOf('vn@3')).moves).toEqual([]);
    expect(await dueOf(code(1))).toBe(DUE);

    const asked = await whatIf({ holidays: [HOLIDAY] });
    await catalog().wholeCalendar({ ...calendar, version: 3, holidays: [HOLIDAY] });
    await until(async () => (await changesOf('vn@3')).moves.length === OPEN.length, { what: 'the review to end' });
    expect((await changesOf('vn@3')).moves).toMatchObject(asked.moves);
  });
});
