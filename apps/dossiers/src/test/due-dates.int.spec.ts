import { dossierTopic, intakeTopic, officerSeenTopic } from '@index766/contracts-dossiers';
import { decodeWatermark } from '@index766/contracts-envelope';
import { databaseName, readTopic, until } from '@index766/testing-integration';
import type { dossierJson } from '../http/dossier-json';
import { CatalogRecords } from './catalog-records';
import { hoSo, tienTrinh } from './push-elements';
import { PARTITIONS, RunningDossiers } from './running-dossiers';
import { recordsOf, typeOf, valueOf, waitUntilSent } from './topic-reader';

type Shown = ReturnType<typeof dossierJson>;

let dossiers: RunningDossiers;
let catalog: CatalogRecords;
beforeAll(async () => {
  dossiers = await RunningDossiers.start(databaseName(__filename), { WATERMARK_INTERVAL_MS: '1000' });
  catalog = new CatalogRecords(dossiers.brokers);
}, 120_000);
afterAll(() => dossiers.stop());

const code = (number: number) => `H44.114-20261005-${String(number).padStart(4, '0')}`;
const show = async (dossier: string): Promise<Shown> => (await (await dossiers.get(`/v1/dossiers/${dossier}`)).json()) as Shown;
const changesOf = async (version: string, query = '') =>
  (await (await dossiers.get(`/v1/due-date-changes/${version}${query}`)).json()) as { readonly moves: readonly { readonly dossier: string; readonly before: string | null; readonly after: string }[]; readonly next: string | null };
const dueOf = async (dossier: string) => (await show(dossier)).deadline?.dueAt;

/** Received on a Monday so far ahead that no due date has passed: five working days end on Monday the 9th. */
const COMPUTED = { NgayNopHoSo: '', NgayTiepNhan: '02/10/2090 08:30:00', NgayHenTra: '' };
const OPEN = [1, 2, 3].map(code);
const STATED = code(4);
const ENDED = code(5);
/** Received on 5 October 2026; its due date, the 12th, has passed. */
const OVERDUE = code(7);

describe('due dates and what they are computed with', () => {
  beforeAll(async () => {
    await dossiers.push([
      ...OPEN.map((MaHoSo) => hoSo({ MaHoSo, ...COMPUTED })),
      hoSo({ MaHoSo: STATED, ...COMPUTED, NgayHenTra: '09/10/2090' }),
      hoSo({ MaHoSo: ENDED, ...COMPUTED, TrangThaiHoSo: 9, NgayKetThucXuLy: '06/10/2090 10:00:00' }),
      hoSo({ MaHoSo: OVERDUE, NgayHenTra: '' }),
    ]);
  });

  it('a dossier of which no term is known has none, until the procedure is known', async () => {
    expect(await show(code(1))).toMatchObject({ deadline: { dueAt: null, basis: null, term: null, statements: [] } });

    await catalog.unit({ code: 'H44', parent: null, level: 'PROVINCE' });
    await catalog.unit({ code: 'H44.114', parent: 'H44' });
    await catalog.procedure({ version: 1, term: { kind: 'working-days', amount: 5 } });
    for (const dossier of OPEN) await until(async () => (await dueOf(dossier)) === '2090-10-09T17:00:00.000Z', { what: `the due date of ${dossier}` });

    expect((await show(code(1))).deadline).toMatchObject({ basis: 'term', statements: [{ from: '2090-10-02T01:30:00.000Z', cause: 'procedure-changed', counts: true }] });
    expect(await dueOf(ENDED)).toBeNull();
  });

  it('a new calendar moves those of open dossiers that were computed, and lists them', async () => {
    await until(async () => (await dueOf(OVERDUE)) === '2026-10-12T17:00:00.000Z', { what: 'the due date that has passed' });
    await catalog.calendar(2, [{ day: '2026-10-12', name: 'Ngày nghỉ của spec' }, { day: '2090-10-09', name: 'Ngày nghỉ của spec' }]);
    for (const dossier of OPEN) await until(async () => (await dueOf(dossier)) === '2090-10-10T17:00:00.000Z', { what: `the due date of ${dossier}` });

    expect(await dueOf(STATED)).toBe('2090-10-09T17:00:00.000Z');
    await until(async () => (await changesOf('vn@2')).moves.length === 4, { what: 'the review to end' });
    expect(await changesOf('vn@2')).toMatchObject({
      moves: [
        ...OPEN.map((dossier) => ({ dossier, before: '2090-10-09T17:00:00.000Z', after: '2090-10-10T17:00:00.000Z', counts: true })),
        { dossier: OVERDUE, before: '2026-10-12T17:00:00.000Z', after: '2026-10-13T17:00:00.000Z', counts: false },
      ],
      next: null,
    });
    expect(await dueOf(OVERDUE)).toBe('2026-10-12T17:00:00.000Z');
    const first = await changesOf('vn@2', '?limit=2');
    expect([first.moves.map(({ dossier }) => dossier), first.next]).toEqual([OPEN.slice(0, 2), OPEN[1]]);
    expect((await changesOf('vn@2', `?limit=2&after=${first.next}`)).moves.map(({ dossier }) => dossier)).toEqual([...OPEN.slice(2), OVERDUE]);
    expect((await changesOf('vn@3')).moves).toEqual([]);

    await waitUntilSent(dossiers);
    const facts = (await recordsOf(dossiers, dossierTopic.name, code(1))).slice(-1);
    expect(facts.map(typeOf)).toEqual(['due-date-set']);
    expect(facts.map(valueOf)).toMatchObject([{ dueAt: '2090-10-10T17:00:00.000Z', basis: 'term', cause: 'calendar-changed', calendarVersion: 'vn@2' }]);
  });

  it('a new version of the procedure moves them too', async () => {
    await catalog.procedure({ version: 2, term: { kind: 'working-days', amount: 6 } });
    for (const dossier of OPEN) await until(async () => (await dueOf(dossier)) === '2090-10-11T17:00:00.000Z', { what: `the due date of ${dossier}` });
    await until(async () => (await changesOf('2.000815@2')).moves.length === 4, { what: 'the review to end' });
    expect((await changesOf('2.000815@2')).moves.map(({ dossier }) => dossier)).toEqual([...OPEN, OVERDUE]);
  });

  it('neither a restart nor the same push again moves anything', async () => {
    await waitUntilSent(dossiers);
    const before = (await recordsOf(dossiers, dossierTopic.name, code(1))).length;
    await dossiers.restart();
    await dossiers.push([hoSo({ MaHoSo: code(1), ...COMPUTED })]);
    await dossiers.push([hoSo({ MaHoSo: code(6) })]);
    await until(async () => (await dueOf(code(6))) !== undefined, { what: 'the next dossier' });
    await waitUntilSent(dossiers);
    expect((await recordsOf(dossiers, dossierTopic.name, code(1))).length).toBe(before);
  }, 60_000);
});

describe('a dossier that is read', () => {
  it('shows its status, timeline, facts and the working of its due date', async () => {
    const dossier = code(20);
    await dossiers.push([hoSo({
      MaHoSo: dossier, NgayNopHoSo: '02/10/2026 17:30:00', NgayTiepNhan: '02/10/2026 17:30:00', NgayHenTra: '', TrangThaiHoSo: 4,
      DanhSachHoSoBoSung: [{ HoSoBoSungId: 'BS-1', NgayBoSung: '06/10/2026 09:00:00', NgayTiepNhanBoSung: '08/10/2026 09:00:00' }],
    })]);
    await dossiers.push([tienTrinh({ MaHoSo: dossier })]);

    const shown = await show(dossier);
    expect(shown).toMatchObject({
      dossier, status: { code: 4, vi: 'Đang xử lý', en: 'in process' }, procedure: '2.000815', channel: 'in-person', pushed: true,
      timeline: {
        receivedAt: '2026-10-02T10:30:00.000Z', endedAt: null, holders: [{ unit: 'H44.114' }],
        waits: [{ kind: 'supplement', supplement: 'BS-1', from: '2026-10-06T02:00:00.000Z', to: '2026-10-08T02:00:00.000Z' }],
        steps: [{ officer: expect.stringMatching(/^[0-9a-f]{32}$/), deadline: '2026-10-08T10:00:00.000Z' }],
      },
      conflicts: [],
    });
    expect(shown.facts.map(({ kind }) => kind)).toEqual([
      'dossier-registered', 'dossier-received', 'due-date-set', 'step-assigned', 'supplement-requested', 'supplement-completed', 'due-date-set',
    ]);
    expect(shown.deadline?.computed).toEqual({
      dueAt: '2026-10-16T17:00:00.000Z', calendarVersion: 'vn@2',
      working: [
        { kind: 'skipped', day: '2026-10-03', reason: { kind: 'weekly-day-off' } },
        { kind: 'skipped', day: '2026-10-04', reason: { kind: 'weekly-day-off' } },
        { kind: 'day-zero', day: '2026-10-05', startsAt: '2026-10-05T00:30:00.000Z', arrival: 'after-hours' },
        { kind: 'skipped', day: '2026-10-10', reason: { kind: 'weekly-day-off' } },
        { kind: 'skipped', day: '2026-10-11', reason: { kind: 'weekly-day-off' } },
        { kind: 'skipped', day: '2026-10-12', reason: { kind: 'holiday', name: 'Ngày nghỉ của spec' } },
        { kind: 'last-day', day: '2026-10-14', dueAt: '2026-10-14T17:00:00.000Z' },
        {
          kind: 'pause', from: '2026-10-06T02:00:00.000Z', to: '2026-10-08T02:00:00.000Z', movedBy: { unit: 'term-days', days: 2 },
          dueBefore: '2026-10-14T17:00:00.000Z', dueAfter: '2026-10-16T17:00:00.000Z',
        },
      ],
    });
  });

  it.each([
    ['/v1/dossiers/H44.114-0000-0000', 404, 'DOSSIER.NOT_FOUND'],
    ['/v1/dossiers/%3Cb%3E', 400, 'REQUEST.INVALID'],
    ['/v1/due-date-changes/vn@2?limit=0', 400, 'REQUEST.INVALID'],
    ['/v1/due-date-changes/vn@2?after=%3Cb%3E', 400, 'REQUEST.INVALID'],
    ['/v1/due-date-changes/a%20b', 400, 'REQUEST.INVALID'],
    ['/v1/nothing', 404, 'ROUTE.NOT_FOUND'],
  ])('refuses %s with %i %s', async (path, status, problem) => {
    const response = await dossiers.get(path);
    expect([response.status, await response.json()]).toMatchObject([status, { code: problem }]);
  });
});

describe('watermarks', () => {
  it('stand in each partition of each topic', async () => {
    for (const topic of [dossierTopic, intakeTopic, officerSeenTopic]) {
      const marks = await until(async () => {
        const found = (await readTopic(topic.name, { brokers: dossiers.brokers })).filter(({ key }) => key === 'watermark');
        return new Set(found.map(({ partition }) => partition)).size === PARTITIONS && found;
      }, { what: `watermarks in ${topic.name}`, timeoutMs: 30_000 });
      const decoded = marks.map(({ key, headers, value }) => decodeWatermark({ key: Buffer.from(key), headers: { ...headers }, value }));
      expect(decoded.every((mark) => mark.ok && mark.value.producer === 'dossiers')).toBe(true);
    }
  }, 60_000);
});
