import { gzipSync } from 'node:zlib';
import { dossierTopic } from '@index766/contracts-dossiers';
import { databaseName, until } from '@index766/testing-integration';
import { storedState } from '@index766/testing-suites';
import { hoSo } from './push-elements';
import { RunningDossiers } from './running-dossiers';
import { valueOf, waitForRecords } from './topic-reader';

type Body = NonNullable<RequestInit['body']>;

const MEBIBYTE = 1024 * 1024;

let dossiers: RunningDossiers;
let token: string;
beforeAll(async () => {
  dossiers = await RunningDossiers.start(databaseName(__filename));
  token = await dossiers.tokenFor(['source']);
}, 120_000);
afterAll(() => dossiers.stop());

const code = (number: number) => `H44.114-20261005-${String(number).padStart(5, '0')}`;
const stored = () => storedState(dossiers.documents.db, ['dossiers', 'officers']);
const pushText = (...elements: readonly object[]) => JSON.stringify({ service: 'DongBoHoSoMC', data: elements });

async function send(body: Body, headers: Readonly<Record<string, string>> = {}): Promise<readonly [number, unknown]> {
  const response = await fetch(`${dossiers.url}/v1/national-sync`, {
    method: 'POST', body, headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers }, ...{ duplex: 'half' },
  });
  return [response.status, await response.json()];
}

/** Sent piece by piece, so that its sender does not say how long it will be. */
function endless(pieces: number): ReadableStream<Uint8Array> {
  let sent = 0;
  return new ReadableStream({
    pull(controller) {
      sent += 1;
      if (sent > pieces) controller.close();
      else controller.enqueue(new Uint8Array(MEBIBYTE).fill(0x20));
    },
  });
}

describe('a push that is too much is refused whole, with nothing of it stored', () => {
  const many = (count: number) => pushText(...Array.from({ length: count }, (_, index) => hoSo({ MaHoSo: code(10_000 + index) })));
  const nested = (levels: number) => `{"service":"DongBoHoSoMC","data":${'['.repeat(levels)}${']'.repeat(levels)}}`;

  it.each<[string, () => Body, Readonly<Record<string, string>>, number, string]>([
    ['60 MB, and says so', () => Buffer.alloc(60 * MEBIBYTE, ' '), {}, 413, 'REQUEST.TOO_LARGE'],
    ['60 MB in pieces', () => endless(60), {}, 413, 'REQUEST.TOO_LARGE'],
    ['60 MB inside of a few kilobytes', () => gzipSync(Buffer.alloc(60 * MEBIBYTE, ' ')), { 'content-encoding': 'gzip' }, 413, 'REQUEST.TOO_LARGE'],
    ['10,000 dossiers', () => many(10_000), {}, 413, 'PUSH.TOO_MANY_ELEMENTS'],
    ['one dossier more than one push takes', () => many(1_001), {}, 413, 'PUSH.TOO_MANY_ELEMENTS'],
    ['17 levels', () => nested(16), {}, 400, 'REQUEST.TOO_DEEP'],
    ['two million levels', () => nested(2_000_000), {}, 400, 'REQUEST.TOO_DEEP'],
  ])('%s', async (_case, body, headers, status, problem) => {
    const before = await stored();
    expect(await send(body(), headers)).toMatchObject([status, { code: problem }]);
    expect(await stored()).toEqual(before);
    await until(async () => (await (await dossiers.get('/metrics')).text()).includes('http_body_bytes_in_work 0'), { what: 'the room of the body' });
    expect((await dossiers.get('/health/live')).status).toBe(200);
  }, 120_000);

  it('as many dossiers as one push takes are taken', async () => {
    const elements = Array.from({ length: 1_000 }, (_, index) => hoSo({ MaHoSo: code(30_000 + index) }));
    expect(await send(pushText(...elements))).toMatchObject([200, { error_code: '0' }]);
    expect(await dossiers.documents.db.collection('dossiers').countDocuments({ _id: { $gte: code(30_000), $lt: code(31_000) } as never })).toBe(1_000);
  }, 120_000);
});

describe('a push in another encoding', () => {
  const text = pushText(hoSo({ MaHoSo: code(1), TenTTHC: 'Chứng thực' }));
  const latin = Buffer.from(pushText(hoSo({ MaHoSo: code(2), TenTTHC: 'é' })), 'latin1');

  it.each<[string, Buffer, Readonly<Record<string, string>>, number, string]>([
    ['UTF-16, little end first', Buffer.from(text, 'utf16le'), {}, 400, 'REQUEST.NOT_JSON'],
    ['UTF-16, big end first', Buffer.from(text, 'utf16le').swap16(), {}, 400, 'REQUEST.NOT_JSON'],
    ['UTF-16, and says so', Buffer.from(text, 'utf16le'), { 'content-type': 'application/json; charset=utf-16' }, 400, 'REQUEST.NOT_JSON'],
    ['Latin-1', latin, {}, 400, 'REQUEST.NOT_JSON'],
    ['the code page of Vietnamese, and says so', latin, { 'content-type': 'application/json; charset=windows-1258' }, 415, 'REQUEST.UNSUPPORTED_MEDIA_TYPE'],
    ['half a character', Buffer.from(text).subarray(0, Buffer.from(text).indexOf(Buffer.from('ứ')) + 1), {}, 400, 'REQUEST.NOT_JSON'],
    ['compressed, and does not say so', gzipSync(text), {}, 400, 'REQUEST.NOT_JSON'],
  ])('is refused: %s', async (_case, body, headers, status, problem) => {
    const before = await stored();
    expect(await send(new Uint8Array(body), headers)).toMatchObject([status, { code: problem }]);
    expect(await stored()).toEqual(before);
  });

  it('that is UTF-8 with a byte order mark is read', async () => {
    const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(pushText(hoSo({ MaHoSo: code(3) })))]);
    expect(await send(new Uint8Array(marked))).toMatchObject([200, { error_code: '0' }]);
  });
});

describe('dates of a push', () => {
  const RECEIVED = '2026-10-05T01:30:00.000Z';
  const FORMS = [
    '20261005083000', '05/10/2026 08:30:00', '2026-10-05 08:30:00', '2026-10-05 08:30:00.0', '2026-10-05T08:30:00', '2026-10-05T08:30',
    '2026-10-05T01:30:00Z', '2026-10-05T10:30:00+09:00', '20261005T083000', '20261005T103000+0900', ' 2026-10-05 08:30:00 ',
  ];
  const NEAR_MISSES = [
    '31/02/2026 08:30:00', '2026-02-29 08:30:00', '20261305083000', '2026-10-05 24:00:00', '5/10/2026 8:30:00', '05-10-2026 08:30:00',
    '05/10/26 08:30:00', '05/10/2026', '2026-10-05T08:30:00+15:00', '2026-10', 'hôm nay', '0001-01-01T00:00:00', 1_791_163_800.5, { $date: 0 }, [],
  ];

  it('in every accepted form are one instant, on the topic too', async () => {
    const elements = FORMS.map((NgayTiepNhan, index) => hoSo({ MaHoSo: code(100 + index), NgayNopHoSo: '', NgayTiepNhan }));
    expect(await send(pushText(...elements))).toMatchObject([200, { error_code: '0' }]);
    for (const index of FORMS.keys()) {
      const records = await waitForRecords(dossiers, dossierTopic.name, code(100 + index), 2);
      const received = records.find((record) => record.headers['ce_type'] === 'dossiers.dossier-received.v1');
      expect([FORMS[index], received?.headers['ce_time'], received && valueOf(received)['timeBasis']]).toEqual([FORMS[index], RECEIVED, undefined]);
    }
  }, 120_000);

  it('that only look like one are refused with the field, one by one', async () => {
    const before = await stored();
    const elements = NEAR_MISSES.map((NgayTiepNhan, index) => hoSo({ MaHoSo: code(200 + index), NgayTiepNhan }));
    expect(await send(pushText(...elements))).toMatchObject([200, {
      error_code: '1',
      data: NEAR_MISSES.map((_, index) => ({ MaHoSo: code(200 + index), code: 'PUSH.FIELD_INVALID', message: 'NgayTiepNhan: the field is not of the form instant' })),
    }]);
    expect(await stored()).toEqual(before);
  });
});
