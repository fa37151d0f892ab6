import { dossierTopic } from '@index766/contracts-dossiers';
import { readTopic, until } from '@index766/testing-integration';
import { indicatorOf, readJson, type ScoreAnswer } from './test/answers';
import { putProcedureOf, waiveFee } from './test/commands';
import { Installation } from './test/installation';
import { operate } from './test/operator';
import { OTHER_PROVINCE, OTHER_UNITS, recordOtherProvince } from './test/other-province';
import { FURTHER_PANEL_QUERIES, PANEL_WITHIN_MS, expectData } from './test/panel-queries';
import { scrape, type Scraping } from './test/scraping';
import { loadedSystem, type SystemAccess } from './test/system-access';
import { LOADED_WITHIN_MS } from './test/time-limits';
import { tokenFor } from './test/tokens';

let installation: Installation;
/** Its own: what it pushes would stand in the topics that others compare. */
const system = (): SystemAccess => installation.access;
const [UNIT, NEIGHBOUR] = OTHER_UNITS;
const DAY = 86_400_000;
const KNOWN_WITHIN_MS = 120_000;

type Fields = Readonly<Record<string, unknown>>;

/** No full minute: midnight would be the end of its day. */
const now = Math.floor(Date.now() / 60_000) * 60_000 - 30_000;
const daysAgo = (days: number): string => new Date(now - days * DAY).toISOString();
const PROCEDURE = '2.000815';
const DUE = daysAgo(5);
const ENDED = daysAgo(1);
/** The year of today: this runs on no fixed day. */
const year = () => new Date().getFullYear();

/** A dossier that ended four days late, as the one-stop system of a commune pushes it. */
const endedLate = (unit: string, fields: Fields = {}): Fields => ({
  MaHoSo: dossierOf(unit), MaTTHC: PROCEDURE, KenhThucHien: '1', DonViXuLy: unit, NgayNopHoSo: daysAgo(10), NgayTiepNhan: daysAgo(10), NgayHenTra: DUE,
  NgayKetThucXuLy: ENDED, TrangThaiHoSo: '9', ...fields,
});
const dossierOf = (unit: string): string => `${unit}-20260101-0001`;

async function synchronise(element: Fields): Promise<void> {
  const answer = await fetch(`${system().urls.dossiers}/v1/national-sync`, {
    method: 'POST', headers: { authorization: `Bearer ${await tokenFor(system(), 'source')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ service: 'DongBoHoSoMC', isUpdating: 'true', data: [element] }),
  });
  expect([answer.status, await answer.json()]).toMatchObject([200, { error_code: '0' }]);
}

/** Numerator and denominator of 2.1. */
async function onTime(unit: string): Promise<string> {
  const { numerator, denominator } = indicatorOf(await readJson<ScoreAnswer>(system(), `/v1/units/${unit}/scores/${year()}`), '2.1');
  return `${numerator}/${denominator}`;
}
const untilLate = (unit: string) => until(async () => (await onTime(unit)) === '0/1', { what: `the late dossier of ${unit} to count`, timeoutMs: KNOWN_WITHIN_MS, everyMs: 500 });

async function flagsOf(unit: string): Promise<readonly object[]> {
  return (await readJson<{ readonly flags: readonly object[] }>(system(), `/v1/units/${unit}/integrity/${year()}`)).flags;
}

async function factsOf(unit: string) {
  const records = await readTopic(dossierTopic.name, { brokers: [system().broker], timeoutMs: 60_000 });
  return records.filter(({ key }) => key === dossierOf(unit)).map(({ headers, value }) => ({
    kind: headers['ce_type']?.split('.')[1], sequence: Number(headers['ce_sequence']), data: JSON.parse(value?.toString('utf8') ?? '') as object,
  }));
}

beforeAll(async () => {
  installation = await Installation.startApart({ name: 'integrity', secrets: loadedSystem().secrets });
  // Since today: no period that has ended waits for it.
  await recordOtherProvince(system(), { reportingSince: daysAgo(0).slice(0, 10) });
}, LOADED_WITHIN_MS);
afterAll(() => installation.stop());

/** The known trick (lifecycle.md §6), as a commune's system plays it: by the push that it always sends. */
describe('the end of a dossier that ended late, set equal to its due instant and synchronised again', () => {
  it('is one more fact, flagged from there to the answer for the public, and the dossier stays late', async () => {
    const returned = { NgayTra: daysAgo(0.5), TrangThaiHoSo: '10' };
    await synchronise(endedLate(UNIT, returned));
    await untilLate(UNIT);

    for (let again = 0; again < 3; again += 1) await synchronise(endedLate(UNIT, { ...returned, NgayKetThucXuLy: DUE }));

    const flags = await until(async () => {
      const found = await flagsOf(UNIT);
      return found.length > 0 && found;
    }, { what: 'the flag', timeoutMs: KNOWN_WITHIN_MS, everyMs: 500 });
    const corrections = (await factsOf(UNIT)).filter(({ kind }) => kind === 'dossier-corrected');
    expect(corrections).toMatchObject([{ data: { field: 'finished-at', before: ENDED, after: DUE } }]);
    expect(flags).toMatchObject([{ flag: 'end-moved-earlier', unit: UNIT, dossier: dossierOf(UNIT), change: corrections[0]?.sequence, review: null }]);
    expect(await flagsOf('H99')).toEqual(flags);
    expect(await onTime(UNIT)).toBe('0/1');
  }, 300_000);

  it('of a snapshot without a later instant is not followed, and is flagged as well', async () => {
    await synchronise(endedLate(NEIGHBOUR));
    await untilLate(NEIGHBOUR);
    for (const KenhThucHien of ['1', '', '1']) await synchronise(endedLate(NEIGHBOUR, { KenhThucHien, NgayKetThucXuLy: DUE }));

    const flags = await until(async () => {
      const found = await flagsOf(NEIGHBOUR);
      return found.length > 0 && found;
    }, { what: 'the flag', timeoutMs: KNOWN_WITHIN_MS, everyMs: 500 });
    const told = await factsOf(NEIGHBOUR);
    const notFollowed = told.filter(({ kind }) => kind === 'statement-not-followed');
    expect(told.filter(({ kind }) => kind === 'dossier-corrected')).toEqual([]);
    expect(notFollowed).toMatchObject([{ data: { field: 'finished-at', stated: DUE, standing: ENDED, cause: 'outranked' } }]);
    expect(flags).toMatchObject([{ flag: 'end-moved-earlier', unit: NEIGHBOUR, dossier: dossierOf(NEIGHBOUR), change: notFollowed[0]?.sequence, review: null }]);
    expect(await onTime(NEIGHBOUR)).toBe('0/1');
  }, 300_000);

  describe('on the dashboards', () => {
    let scraping: Scraping;
    beforeAll(async () => { scraping = await scrape(system()); }, 120_000);
    afterAll(() => scraping.prometheus.stop());

    it.each(FURTHER_PANEL_QUERIES)('is data for $panel, with every label of its legend', (query) => expectData(scraping.api, query), PANEL_WITHIN_MS);
  });
});

describe('a fee that a desk waives', () => {
  const [OWING, PAID] = [`${UNIT}-20260101-0002`, `${UNIT}-20260101-0003`];
  const fee = { TenPhiLePhi: 'Lệ phí mẫu', MaPhiLePhi: 'LP-01', HinhThucThu: '1', Gia: '8000', LoaiPhiLePhi: '1' };

  /** Numerator and denominator of every indicator of both units and their province. */
  async function figures(): Promise<Readonly<Record<string, string>>> {
    await operate(system(), ['settle']);
    const scores = await Promise.all([...OTHER_UNITS, OTHER_PROVINCE].map((unit) => readJson<ScoreAnswer>(system(), `/v1/units/${unit}/scores/${year()}`)));
    return Object.fromEntries(scores.flatMap(({ unit, groups }) => groups.flatMap(({ indicators }) => indicators)
      .map(({ indicator, numerator, denominator }) => [`${unit} ${indicator}`, `${String(numerator)}/${String(denominator)}`] as const)));
  }
  let before: Readonly<Record<string, string>>;
  beforeAll(async () => {
    await putProcedureOf(system(), UNIT, PROCEDURE, { fee: true, onlinePayment: true });
    await synchronise(endedLate(UNIT, { MaHoSo: OWING, DanhSachLePhi: [fee] }));
    await synchronise(endedLate(UNIT, { MaHoSo: PAID, DanhSachLePhi: [fee], DuocThanhToanTrucTuyen: '1' }));
    before = await figures();
  }, LOADED_WITHIN_MS);

  it('is owed and counted until then', () => {
    for (const unit of [UNIT, OTHER_PROVINCE]) expect(before).toMatchObject({ [`${unit} 3.6`]: '1/2', [`${unit} 3.5b`]: '1/1' });
  });

  it('in part moves no figure', async () => {
    expect(await waiveFee(system(), OWING, { key: 'waive-part', fee: 'LP-01', amount: 3_000 })).toMatchObject({ status: 200 });
    expect(await figures()).toEqual(before);
  }, 180_000);

  it('in whole leaves what is owed (3.6) of the unit and what is above it; its procedure still has one (3.5b), and nothing else moves', async () => {
    expect(await waiveFee(system(), OWING, { key: 'waive-rest', fee: 'LP-01' })).toMatchObject({ status: 200 });
    expect(await figures()).toEqual({ ...before, [`${UNIT} 3.6`]: '1/1', [`${OTHER_PROVINCE} 3.6`]: '1/1' });
  }, 180_000);
});
