import { dossierTopic } from '@index766/contracts-dossiers';
import { DESK_SOURCE } from '@index766/dossier-life';
import type { Role } from '@index766/platform-auth';
import { databaseName } from '@index766/testing-integration';
import { hoSo, tienTrinh } from './push-elements';
import { RunningDossiers } from './running-dossiers';
import { valueOf, waitForRecords } from './topic-reader';

let dossiers: RunningDossiers;
beforeAll(async () => {
  dossiers = await RunningDossiers.start(databaseName(__filename), { PUSH_BODY_LIMIT_BYTES: String(1024 * 1024) });
}, 120_000);
afterAll(() => dossiers.stop());

const SERVICE = 'DongBoHoSoMC';
const push = async (body: unknown, roles: readonly Role[] = ['source'], units: readonly string[] = ['H44'], subject = 'H44') =>
  dossiers.post('/v1/national-sync', { token: await dossiers.tokenFor(roles, units, subject), body });
const answerOf = async (response: Response) => [response.status, await response.json()] as const;

describe('a push', () => {
  it('needs a token with the role of a source', async () => {
    const body = { service: SERVICE, data: [hoSo()] };
    expect(await answerOf(await dossiers.post('/v1/national-sync', { body }))).toMatchObject([401, { code: 'AUTH.MISSING_TOKEN' }]);
    expect(await answerOf(await dossiers.post('/v1/national-sync', { body, token: 'no-token' }))).toMatchObject([401, { code: 'AUTH.INVALID_TOKEN' }]);
    expect(await answerOf(await push(body, ['desk', 'administrator']))).toMatchObject([403, { code: 'AUTH.MISSING_ROLE' }]);
    expect(await dossiers.documents.db.collection('dossiers').countDocuments()).toBe(0);
  });

  it('comes back with the dossiers of units that its source does not speak for', async () => {
    const data = [hoSo({ MaHoSo: 'H44.114-1', DonViXuLy: 'H44.114' }), hoSo({ MaHoSo: 'H45.1-1', DonViXuLy: 'H45.1' })];
    expect(await answerOf(await push({ service: SERVICE, data }))).toMatchObject([200, {
      error_code: '1', data: [{ MaHoSo: 'H45.1-1', code: 'AUTH.UNIT_OUT_OF_SCOPE', message: expect.stringContaining('DonViXuLy') }],
    }]);
  });

  it.each<[string, unknown, number, string]>([
    ['no object', [], 400, 'PUSH.INVALID'],
    ['an unknown service', { service: 'LayDanhSach', data: [] }, 400, 'PUSH.UNKNOWN_SERVICE'],
    ['no list', { service: SERVICE, data: { MaHoSo: '1' } }, 400, 'PUSH.INVALID'],
    ['more elements than are taken at once', { service: SERVICE, data: Array.from({ length: 1001 }, () => ({})) }, 413, 'PUSH.TOO_MANY_ELEMENTS'],
    ['a body that is too large', { service: SERVICE, data: [{ GhiChu: 'x'.repeat(1024 * 1024) }] }, 413, 'REQUEST.TOO_LARGE'],
    ['an instant of recording from a source', { service: SERVICE, data: [], recordedAt: '2026-10-05T00:00:00.000Z' }, 403, 'RECORDED_AT.NOT_ALLOWED'],
    ['a bulk load that is neither true nor false', { service: SERVICE, data: [], backfill: {} }, 400, 'PUSH.INVALID'],
    ['a bulk load from a source', { service: SERVICE, data: [], backfill: true }, 403, 'BACKFILL.NOT_ALLOWED'],
  ])('is refused as a whole: %s', async (_case, body, status, code) => {
    const response = await push(body);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await answerOf(response)).toMatchObject([status, { code }]);
  });

  it.each([
    ['cannot stand on a public topic', 'Nguyễn Văn A'], ['is what dossiers of desks have as their source', DESK_SOURCE],
  ])('is refused as a whole where the subject of the token %s', async (_case, subject) => {
    const response = await push({ service: SERVICE, data: [] }, ['source'], ['H44'], subject);
    expect(await answerOf(response)).toMatchObject([403, { code: 'PUSH.NO_SOURCE_NAME' }]);
  });

  it('of nothing is accepted', async () => {
    expect(await answerOf(await push({ service: SERVICE, isUpdating: 'true', data: [] }))).toMatchObject([200, { error_code: '0' }]);
  });

  it('comes back with elements that state when they were recorded, unless it is a replay', async () => {
    const element = { ...hoSo({ MaHoSo: 'H44.114-2' }), recordedAt: '2026-10-05T02:00:00.000Z' };
    expect(await answerOf(await push({ service: SERVICE, data: [element] }))).toMatchObject([200, { error_code: '1', data: [{ code: 'RECORDED_AT.NOT_ALLOWED' }] }]);

    const future = { ...hoSo({ MaHoSo: 'H44.114-3' }), recordedAt: '2099-10-05T02:00:00.000Z' };
    const replayed = await push({ service: SERVICE, data: [element, future], recordedAt: '2026-10-04T00:00:00.000Z', backfill: true }, ['replay']);
    expect(await answerOf(replayed)).toMatchObject([200, { error_code: '1', data: [{ MaHoSo: 'H44.114-3', code: 'RECORDED_AT.IN_FUTURE' }] }]);
    const records = await waitForRecords(dossiers, dossierTopic.name, 'H44.114-2', 3);
    expect(records.map(({ headers }) => headers['ce_recordedtime'])).toEqual(Array.from({ length: 3 }, () => '2026-10-05T02:00:00.000Z'));
    expect(records.map(valueOf).every(({ backfill }) => backfill === true)).toBe(true);
  });

  it('of another source than the owner keeps what differs as a conflict', async () => {
    const other = hoSo({ MaHoSo: 'H44.114-4', KenhThucHien: 2 });
    await push({ service: SERVICE, data: [hoSo({ MaHoSo: 'H44.114-4' })] });
    expect(await answerOf(await push({ service: SERVICE, data: [other] }, ['source'], ['*'], 'BO-TU-PHAP'))).toMatchObject([200, { error_code: '0' }]);

    expect(await (await dossiers.get('/v1/dossiers/H44.114-4')).json()).toMatchObject({
      channel: 'in-person', conflicts: [{ source: 'BO-TU-PHAP', field: 'channel', part: null, value: 'online' }],
    });
  });

  it('of steps comes back with the dossiers out of scope that are known', async () => {
    const response = await push({ service: 'CapNhatTienDoHoSoMC', data: [tienTrinh({ MaHoSo: 'H44.114-4' }), tienTrinh({ MaHoSo: 'H46-1' })] }, ['source'], ['H46'], 'H46');
    expect(await answerOf(response)).toMatchObject([200, { error_code: '1', data: [{ MaHoSo: 'H44.114-4', code: 'AUTH.UNIT_OUT_OF_SCOPE' }] }]);
  });

  it('of a source that states its own unit adds nothing to the dossier of another, neither an end nor a step', async () => {
    const dossier = 'H44.2-20261005-0001';
    const end = { TrangThaiHoSo: 9, NgayKetThucXuLy: '09/10/2026 10:00:00' };
    await push({ service: SERVICE, data: [hoSo({ MaHoSo: dossier, DonViXuLy: 'H44.2' })] });
    const before = await (await dossiers.get(`/v1/dossiers/${dossier}`)).json() as { readonly facts: readonly unknown[] };
    expect(before.facts).toHaveLength(3);
    const stored = () => dossiers.documents.db.collection('dossiers').findOne({ _id: dossier as never });
    const document = await stored();

    const refused = { error_code: '1', data: [{ MaHoSo: dossier, code: 'AUTH.UNIT_OUT_OF_SCOPE' }] };
    const snapshot = { service: SERVICE, data: [hoSo({ ...end, MaHoSo: dossier, DonViXuLy: 'H44.1', DuocThanhToanTrucTuyen: 1 })] };
    expect(await answerOf(await push(snapshot, ['source'], ['H44.1'], 'H44.1'))).toMatchObject([200, refused]);
    const step = { service: 'CapNhatTienDoHoSoMC', data: [tienTrinh({ MaHoSo: dossier })] };
    expect(await answerOf(await push(step, ['source'], ['H44.1'], 'H44.1'))).toMatchObject([200, refused]);

    expect(await (await dossiers.get(`/v1/dossiers/${dossier}`)).json()).toEqual(before);
    expect((await stored())?.['version']).toBe(document?.['version']);
  });

  it('is counted by what became of its elements', async () => {
    const metrics = await (await dossiers.get('/metrics')).text();
    expect(metrics).toMatch(/dossiers_push_elements_total\{outcome="accepted"\} [1-9]/);
    expect(metrics).toMatch(/dossiers_push_refusals_total\{code="AUTH.UNIT_OUT_OF_SCOPE"\} 4/);
  });
});

describe('every endpoint', () => {
  it('stands in the OpenAPI document', async () => {
    const { paths } = (await (await dossiers.get('/openapi.json')).json()) as { readonly paths: Readonly<Record<string, object>> };
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/v1/national-sync', '/v1/dossiers/{id}', '/v1/due-date-changes/{version}', '/v1/dossiers/{id}/extend-due-date']));
    expect(Object.keys(paths).filter((path) => path.startsWith('/v1/dossiers/{id}/'))).toHaveLength(18);
  });

  it('is live and ready', async () => {
    expect(await answerOf(await dossiers.get('/health/live'))).toMatchObject([200, { status: 'up' }]);
    expect(await answerOf(await dossiers.get('/health/ready'))).toMatchObject([200, { status: 'up', probes: { mongo: { healthy: true }, reference: { healthy: true } } }]);
  });
});
