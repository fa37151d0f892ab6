import { parseDossierId, parsePeriod, type Period } from '@index766/kernel';
import { VIETNAM_CALENDAR } from '@index766/working-time';
import fc from 'fast-check';
import { generateSample, type Sample } from './generate-sample';
import { monthlyRows } from './figures/figure-row';
import { parseFigures } from './figures/parse-figures';
import { sampleUnitsOf, type SampleUnit } from './figures/sample-units';
import type { Push, PushElement } from './push/push';
import { PlainCalendar } from './test/plain-calendar';
import { plainVerdict } from './test/plain-on-time';
import { parseInstant, readDossiers, text, type ReadDossier } from './test/plain-reading';
import { sampleUnit } from './test/sample-unit.builder';

const PROVINCE = sampleUnit('H99', { level: 'PROVINCE' });
const unit = (number: number, onTime: number, dossiers: number, received = Math.floor(dossiers * 0.8), level: SampleUnit['level'] = 'COMMUNE'): SampleUnit =>
  sampleUnit(`H99.${number}`, { level, parent: PROVINCE.code, onTime, dossiers, counts: { received, online: Math.floor(received * 0.9), obliged: Math.floor(dossiers / 2) } });
const period = (name: string): Period => {
  const parsed = parsePeriod(name);
  if (!parsed.ok) throw new Error(name);
  return parsed.value;
};
const sampleOf = (units: readonly SampleUnit[], name: string, seed: number): Sample => {
  const sample = generateSample({ units: [PROVINCE, ...units], period: period(name), seed, cohortSize: 300 });
  if (!sample.ok) throw new Error(sample.error.detail);
  return sample.value;
};
const pushesOf = (sample: Sample): readonly Push[] => [...sample.cohorts()].flatMap(({ pushes }) => [...pushes]);

/** On time, all, received in the period, of these online: per unit, from nothing but the pushes. */
const figuresOf = (sample: Sample) => {
  const calendar = new PlainCalendar(VIETNAM_CALENDAR);
  const procedures = new Map(sample.reference.procedures.map((procedure) => [procedure.code, procedure]));
  const figures = new Map<string, [onTime: number, dossiers: number, received: number, online: number]>();
  const isIn = ({ receivedAt }: ReadDossier) => receivedAt !== null && receivedAt >= sample.period.start;
  for (const dossier of readDossiers(pushesOf(sample)).values()) {
    const verdict = plainVerdict(dossier, sample.period, procedures, calendar);
    if (verdict === 'not-counted') continue;
    const [onTime, dossiers, received, online] = figures.get(dossier.unit) ?? [0, 0, 0, 0];
    const add = (counts: boolean) => (counts ? 1 : 0);
    figures.set(dossier.unit, [
      onTime + add(verdict === 'on-time'), dossiers + 1, received + add(isIn(dossier)), online + add(isIn(dossier) && dossier.channel === 2),
    ]);
  }
  return figures;
};
const wanted = (units: readonly SampleUnit[]) => new Map(
  units.filter(({ dossiers }) => dossiers > 0).map(({ code, onTime, dossiers, counts: { received, online } }) => [code, [onTime, dossiers, received, online]]),
);
const sorted = (figures: ReadonlyMap<string, readonly number[]>) => [...figures].sort(([a], [b]) => (a < b ? -1 : 1));

const EDGES = [unit(1, 0, 40), unit(2, 35, 35), unit(3, 0, 0), unit(4, 1, 1), unit(5, 0, 1), unit(6, 12, 25, 25), unit(7, 9, 20, 0)];
const MIXED = [unit(8, 240, 320), unit(9, 81, 84, 60, 'DEPARTMENT'), unit(10, 90, 210, 160)];

describe('the sample, counted from nothing but its pushes', () => {
  it.each([
    ['2026-10', 766], ['2026-10', 1], ['2026-02', 2], ['2026-Q1', 3], ['2026-W40', 4], ['2026-10-01..2026-10-02', 5], ['2026', 6],
    ['2024-09', 7], ['2026-W53', 8],
  ])('has exactly the wanted 2.1, received and online of every unit in %s (seed %i)', (name, seed) => {
    const units = [...EDGES, ...MIXED];
    expect(sorted(figuresOf(sampleOf(units, name, seed)))).toEqual(sorted(wanted(units)));
  });

  it.each<[string, readonly string[]]>([
    ['codes without a point', ['31234', '00123', '31267']], ['the province at the end of the code', ['000.01.31.H44', '000.02.31.H44', '000.00.07.H44']],
    ['codes of letters and dashes', ['XÃ-1', 'H44-02', 'PX/3']],
  ])('has them for figures of units with %s, the rest of the province in balancing units', (_, codes) => {
    const text = [
      'period,scope,unit_code,unit_name,level,indicator,numerator,denominator,points,max', 'month,all,H44,Tỉnh,PROVINCE,2.1,150,200,15,20',
      'week,all,H44,Tỉnh,PROVINCE,2.1,1,2,,', ...codes.map((code, index) => `month,all,${code},Xã ${index},COMMUNE,2.1,${20 + index},30,,20`),
    ].join('\n');
    const figures = parseFigures(text);
    const { units, skipped } = sampleUnitsOf(monthlyRows(figures.ok ? figures.value : []), { kind: 'province' });
    expect(skipped).toEqual([]);
    expect(units.filter(({ parent }) => parent === 'H44').map(({ code, onTime, dossiers }) => [code, onTime, dossiers])).toEqual([
      ...codes.map((code, index) => [code, 20 + index, 30]).sort(), ['H44.BALANCE-01', 87, 110],
    ]);
    const sample = generateSample({ units, period: period('2026-10'), seed: 766, cohortSize: 300 });
    if (!sample.ok) throw new Error(sample.error.detail);
    expect(sorted(figuresOf(sample.value))).toEqual(sorted(wanted(units)));
    const dossiers = pushesOf(sample.value).flatMap(({ data }) => data.map(({ MaHoSo }) => MaHoSo));
    expect(dossiers.filter((code) => parseDossierId(code) !== code)).toEqual([]);
  });

  it('has them whatever is asked for', () => {
    const anyUnit = fc.tuple(fc.nat(60), fc.nat(60), fc.nat(60)).map(([a, b, c]) => {
      const dossiers = Math.max(a, b);
      return [Math.min(a, b), dossiers, Math.min(c, dossiers)] as const;
    });
    fc.assert(fc.property(fc.array(anyUnit, { minLength: 1, maxLength: 4 }), fc.nat(1_000_000), (rows, seed) => {
      const units = rows.map(([onTime, dossiers, received], index) => unit(index + 1, onTime, dossiers, received));
      expect(sorted(figuresOf(sampleOf(units, '2026-10', seed)))).toEqual(sorted(wanted(units)));
    }), { seed: 766, numRuns: 25 });
  });

  it('gives the same bytes for the same seed, and others for another', () => {
    const bytes = (seed: number) => JSON.stringify(pushesOf(sampleOf(EDGES, '2026-10', seed)));
    expect(bytes(766)).toBe(bytes(766));
    expect(bytes(766)).not.toBe(bytes(767));
  });

  it('is refused for a period in which hardly anyone works', () => {
    expect(generateSample({ units: MIXED, period: period('2026-10-03..2026-10-04'), seed: 1 })).toMatchObject({ ok: false, error: { code: 'SAMPLE.PERIOD_TOO_SHORT' } });
  });
});

describe('the pushes of a month', () => {
  const sample = sampleOf([...MIXED, unit(11, 500, 700)], '2026-10', 766);
  const pushes = pushesOf(sample);
  const elements = pushes.flatMap(({ data }) => [...data]);
  const hoSo = pushes.filter(({ service }) => service === 'DongBoHoSoMC').flatMap(({ data }) => [...data]);
  const tienTrinh = pushes.filter(({ service }) => service === 'CapNhatTienDoHoSoMC').flatMap(({ data }) => [...data]);
  const share = (part: number, whole: number) => (100 * part) / whole;

  it('have at most 200 elements each', () => {
    expect(Math.max(...pushes.map(({ data }) => data.length))).toBeLessThanOrEqual(200);
  });

  it('keep every dossier inside one cohort', () => {
    const cohortOf = new Map<string, number>();
    for (const { number, pushes: own } of sample.cohorts()) {
      for (const { MaHoSo } of own.flatMap(({ data }) => [...data])) expect(cohortOf.set(MaHoSo, cohortOf.get(MaHoSo) ?? number).get(MaHoSo)).toBe(number);
    }
    expect(cohortOf.size).toBe(sample.dossiers);
  });

  it('come about 3 % twice, and not in the order of recording', () => {
    const repeated = elements.length - new Set(elements.map((element) => JSON.stringify(element))).size;
    expect(share(repeated, elements.length)).toBeGreaterThan(2);
    expect(share(repeated, elements.length)).toBeLessThan(4);
    const turned = hoSo.filter(({ recordedAt }, index) => index > 0 && recordedAt < (hoSo[index - 1]?.recordedAt ?? ''));
    expect(turned.length).toBeGreaterThan(50);
  });

  it('are recorded after what they say has happened, some of it days later, and at most three days after the period', () => {
    expect(sample.lastRecordedAt - sample.period.end).toBe(3 * 86_400_000 + 60_000);
    const recordings = elements.map(({ recordedAt }) => Date.parse(recordedAt));
    expect(Math.max(...recordings)).toBeLessThanOrEqual(sample.lastRecordedAt);
    const steps = tienTrinh.map((element) => Date.parse(element.recordedAt) - happenedAt(element));
    expect(Math.min(...steps)).toBeGreaterThan(0);
    expect(steps.filter((delay) => delay > 86_400_000).length).toBeGreaterThan(10);
  });

  it('correct a channel, a due date, an end and a unit now and then', () => {
    const said = new Map<string, Map<string, Set<string>>>();
    for (const element of hoSo) {
      const ofDossier = said.get(element.MaHoSo) ?? new Map<string, Set<string>>();
      said.set(element.MaHoSo, ofDossier);
      for (const field of ['KenhThucHien', 'NgayHenTra', 'NgayKetThucXuLy', 'DonViXuLy']) {
        const value = text(element, field);
        if (value !== '') ofDossier.set(field, (ofDossier.get(field) ?? new Set()).add(value));
      }
    }
    for (const field of ['KenhThucHien', 'NgayHenTra', 'NgayKetThucXuLy', 'DonViXuLy']) {
      expect([...said.values()].filter((ofDossier) => (ofDossier.get(field)?.size ?? 0) > 1).length).toBeGreaterThan(0);
    }
  });

  it('have steps that are late, steps without an officer, hand-overs, and dossiers of every status', () => {
    expect(tienTrinh.filter((element) => text(element, 'NguoiXuLy') === '').length).toBeGreaterThan(0);
    expect(tienTrinh.filter((element) => text(element, 'NoiDungXuLy').includes('chuyển người')).length).toBeGreaterThan(0);
    expect(new Set(hoSo.map(({ TrangThaiHoSo }) => Number(TrangThaiHoSo)))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
  });

  it('say nothing of officers of balancing units, which appear in no list', () => {
    const balanced = pushesOf(sampleOf([unit(12, 20, 30, 20, 'BALANCE')], '2026-10', 766));
    expect(new Set(balanced.map(({ service }) => service))).toEqual(new Set(['DongBoHoSoMC']));
  });

  it('name made-up people only', () => {
    const names = new Set(tienTrinh.map((element) => text(element, 'NguoiXuLy')).filter((name) => name !== ''));
    expect([...names].filter((name) => !/ Mẫu \S+-\d{2}$/.test(name))).toEqual([]);
    const marks = [/^NGƯỜI NỘP MẪU \d+$/, /@example\.invalid$/, /^MAU-/];
    const unmarked = hoSo.filter((element) => !['ChuHoSo', 'Email', 'SoDienThoai'].every((field, index) => marks[index]?.test(text(element, field))));
    expect(unmarked).toEqual([]);
  });

  it('never turn round two snapshots of one dossier that conflict', () => {
    const arrivals = new Map<string, typeof hoSo>();
    for (const element of hoSo) arrivals.set(element.MaHoSo, [...(arrivals.get(element.MaHoSo) ?? []), element]);
    for (const snapshots of arrivals.values()) {
      const firstCopies = [...new Map(snapshots.map((element) => [JSON.stringify(element), element])).values()];
      const units = new Set(firstCopies.map(({ DonViXuLy }) => DonViXuLy));
      const channels = new Set(firstCopies.map(({ KenhThucHien }) => KenhThucHien));
      if (units.size === 1 && channels.size === 1) continue;
      expect(firstCopies.map(({ recordedAt }) => recordedAt)).toEqual(firstCopies.map(({ recordedAt }) => recordedAt).sort());
    }
  });
});

function happenedAt(element: PushElement): number {
  return parseInstant(text(element, 'ThoiDiemXuLy')) ?? parseInstant(text(element, 'NgayBatDau')) ?? Number.NaN;
}
