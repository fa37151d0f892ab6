import { VIETNAM_CALENDAR } from '@index766/working-time';
import type { Sample } from '../generate-sample';
import type { PushElement } from '../push/push';
import { PlainCalendar } from './plain-calendar';
import { plainVerdict } from './plain-on-time';
import { parseInstant, readDossiers, text, type ReadDossier } from './plain-reading';

/** Numerator and denominator of an indicator. */
export type PlainFigure = readonly [numerator: number, denominator: number];

type SetName = 'online' | 'paid' | 'fee' | 'population' | 'offered' | 'feeProcedures' | 'citizen';
type Sets = Readonly<Record<SetName, Set<string>>>;

interface UnitCount {
  readonly sums: Map<string, [numerator: number, denominator: number]>;
  readonly sets: Sets;
}

/**
 * The figures of every unit, counted from pushes, ratings, petitions and reference records alone, straight from
 * index-766.md §4 and without the code of the index: what checks the sample must not share its reading.
 */
export function plainFigures(sample: Sample): ReadonlyMap<string, ReadonlyMap<string, PlainFigure>> {
  const { period, reference } = sample;
  const counts = new Map(reference.units.map(({ code }): [string, UnitCount] => [code, { sums: new Map(), sets: emptySets() }]));
  const countOf = (unit: string): UnitCount => {
    const count = counts.get(unit);
    if (count === undefined) throw new Error(`no unit ${unit}`);
    return count;
  };
  const calendar = new PlainCalendar(VIETNAM_CALENDAR);
  const terms = new Map(reference.procedures.map((procedure) => [procedure.code, procedure]));
  const cohorts = [...sample.cohorts()];
  const petitions = [...sample.petitions, ...cohorts.flatMap((cohort) => cohort.petitions)];
  const dissatisfied = new Set([
    ...cohorts.flatMap(({ ratings }) => ratings).filter(({ verdict }) => verdict === 'dislike' || Number(verdict) <= 2).map(({ dossier }) => dossier),
    ...petitions.flatMap(({ about }) => about?.dossier ?? []),
  ]);
  const waived = new Set(cohorts.flatMap(({ waivers }) => waivers).filter(({ at }) => at < period.end).map(({ dossier }) => dossier));
  const elements = new Map<string, PushElement[]>();
  const pushes = cohorts.flatMap((cohort) => [...cohort.pushes]);
  for (const element of pushes.filter(({ service }) => service === 'DongBoHoSoMC').flatMap(({ data }) => [...data])) {
    elements.set(element.MaHoSo, [...(elements.get(element.MaHoSo) ?? []), element]);
  }
  for (const dossier of readDossiers(pushes).values()) {
    const { sums, sets } = countOf(dossier.unit);
    const said = partsOf(elements.get(dossier.id) ?? [], period.end);
    const code = dossier.procedure;
    if (said.paidAt !== null && said.paidAt >= period.start && said.paidAt < period.end) {
      sets.paid.add(code);
    }
    const verdict = plainVerdict(dossier, period, terms, calendar);
    if (verdict === 'not-counted') continue;
    const add = (id: string, counts: boolean, belongs = true) => addTo(sums, id, counts && belongs ? 1 : 0, belongs ? 1 : 0);
    const isReceived = isIn(dossier, period);
    const isOnline = isReceived && dossier.channel === 2;
    add('2.1', verdict === 'on-time');
    add('3.3', isOnline, isReceived);
    add('3.6', said.paidAt !== null, (said.fee > 0 && !waived.has(dossier.id)) || said.paidAt !== null);
    add('4.1', said.result);
    add('4.2', said.result && said.digitised);
    add('4.3', said.reused);
    add('4.4', said.fromStore);
    add('4.5b', said.population);
    addTo(sums, '5.4', (verdict === 'on-time' ? 1 : 0) - (dissatisfied.has(dossier.id) ? 1 : 0), 1);
    if (isOnline) sets.online.add(code);
    if (said.fee > 0) sets.fee.add(code);
    if (said.population) sets.population.add(code);
  }
  for (const { unit, code, onlineLevel, offeredOnline, fee, citizen } of reference.procedures) {
    if (unit === null) continue;
    const { sets } = countOf(unit);
    if (offeredOnline ?? (onlineLevel === 'partial' || onlineLevel === 'full')) sets.offered.add(code);
    if (fee === true) sets.feeProcedures.add(code);
    if (citizen === true) sets.citizen.add(code);
  }
  countPetitions(petitions, period, calendar, (unit) => countOf(unit).sums);
  return figuresOf(sample, counts);
}

function figuresOf({ units, reference, period }: Sample, counts: ReadonlyMap<string, UnitCount>): ReadonlyMap<string, ReadonlyMap<string, PlainFigure>> {
  return new Map(units.map(({ code, parent }) => {
    const members = [code, ...units.filter((unit) => unit.parent === code).map((unit) => unit.code)].map((unit) => counts.get(unit));
    const figures = new Map<string, PlainFigure>();
    for (const count of members) for (const [id, [n, d]] of count?.sums ?? []) {
      const [before, whole] = figures.get(id) ?? [0, 0];
      figures.set(id, [before + n, whole + d]);
    }
    const [n, d] = figures.get('5.4') ?? [0, 0];
    figures.set('5.4', [Math.max(0, n), d]);
    const union = (...names: readonly SetName[]) => new Set(members.flatMap((count) => names.flatMap((name) => [...(count?.sets[name] ?? [])])));
    const both = (a: ReadonlySet<string>, b: ReadonlySet<string>) => [...a].filter((each) => b.has(each)).length;
    figures.set('3.2', [both(union('online'), union('offered')), union('offered').size]);
    figures.set('3.5a', [union('paid').size, union('feeProcedures', 'paid').size]);
    figures.set('3.5b', [both(union('fee'), union('feeProcedures')), union('feeProcedures', 'paid').size]);
    figures.set('4.5a', [both(union('population'), union('citizen')), union('citizen').size]);
    const province = reference.procedures.filter(({ unit }) => unit === (parent ?? code));
    const within = (day: string | undefined) => day !== undefined && Date.parse(`${day}T00:00:00+07:00`) >= period.start && Date.parse(`${day}T00:00:00+07:00`) < period.end;
    const done = (day: string | undefined) => day !== undefined && Date.parse(`${day}T00:00:00+07:00`) < period.end;
    const share = (all: typeof province, isCounted: (each: (typeof province)[number]) => boolean): PlainFigure => [all.filter(isCounted).length, all.length];
    const inTime = ({ dueOn, on }: { dueOn?: string; on?: string } = {}) => done(on) && dueOn !== undefined && on !== undefined && on <= dueOn;
    figures.set('1.1', share(province.filter(({ announcement }) => within(announcement?.dueOn)), ({ announcement }) => inTime(announcement)));
    figures.set('1.2', share(province.filter(({ publication }) => within(publication?.dueOn)), ({ publication }) => inTime(publication)));
    figures.set('1.3', share(province.filter(({ publication }) => done(publication?.on)), ({ parts }) => parts?.length === 7));
    figures.set('3.1', share(province.filter(({ announcement }) => done(announcement?.on)), ({ onlineLevel }) => onlineLevel === 'full' || onlineLevel === 'partial'));
    const reported = (measure: string) => reference.figures.find((figure) => figure.unit === code && figure.measure === measure)?.value;
    const [synchronised, report] = [reported('national-synchronised'), reported('national-report')];
    if (synchronised !== undefined && report !== undefined) figures.set('1.4', [synchronised, report]);
    return [code, figures];
  }));
}

interface Said {
  readonly fee: number;
  readonly paidAt: number | null;
  readonly result: boolean;
  readonly digitised: boolean;
  readonly reused: boolean;
  readonly fromStore: boolean;
  readonly population: boolean;
}

function partsOf(elements: readonly PushElement[], end: number): Said {
  const list = (field: string) => elements.flatMap((element) => (element[field] ?? []) as readonly Readonly<Record<string, string | number>>[]);
  const papers = list('TaiLieuNop');
  const instant = (element: PushElement, ...fields: readonly string[]) =>
    fields.map((field) => parseInstant(text(element, field))).find((at) => at !== null) ?? null;
  const paid = elements.filter((element) => ['1', '2'].includes(text(element, 'DuocThanhToanTrucTuyen')))
    .map((element) => instant(element, 'NgayTiepNhan', 'NgayNopHoSo') ?? Number.NaN);
  const results = elements.filter((element) => ((element['DanhSachGiayToKetQua'] ?? []) as readonly unknown[]).length > 0)
    .map((element) => instant(element, 'NgayKetThucXuLy', 'NgayTra') ?? Number.NaN);
  return {
    fee: list('DanhSachLePhi').reduce((sum, { Gia }) => sum + Number(Gia), 0),
    paidAt: paid.length === 0 ? null : Math.min(...paid),
    result: results.some((at) => at < end),
    digitised: papers.some(({ DuocSoHoa }) => Number(DuocSoHoa) === 1),
    reused: papers.some(({ DuocTaiSuDung }) => Number(DuocTaiSuDung) > 0),
    fromStore: papers.some(({ DuocLayTuKhoDMQG }) => Number(DuocLayTuKhoDMQG) === 1),
    population: elements.some((element) => text(element, 'TaiKhoanDuocXacThucVoiVNeID') === '1') || list('DSKetNoiCSDL').length > 0,
  };
}

function countPetitions(
  petitions: Sample['petitions'], period: Sample['period'], calendar: PlainCalendar, sumsOf: (unit: string) => Map<string, [number, number]>,
): void {
  const repeated = new Set(petitions.flatMap(({ about }) => about?.petition ?? []));
  for (const petition of petitions) {
    if (petition.receivedAt < period.start || petition.receivedAt >= period.end) throw new Error(`${petition.id} is not of the period`);
    const sums = sumsOf(petition.unit);
    const [first] = petition.events.filter(({ kind, at }) => ['refused', 'supplement-requested', 'answered'].includes(kind) && at < period.end);
    const days = first?.kind === 'refused' ? 2 : first?.kind === 'supplement-requested' ? 5 : 15;
    const isOnTime = (first?.at ?? period.end) <= calendar.dueOf({ kind: 'working-days', amount: days }, petition.receivedAt);
    const isUnsatisfied = petition.events.some((event) => event.kind === 'rated' && !event.satisfied && event.at < period.end);
    addTo(sums, '5.2', isOnTime ? 1 : 0, 1);
    addTo(sums, '5.3', isOnTime && !isUnsatisfied && !repeated.has(petition.id) ? 1 : 0, 1);
    addTo(sums, '5.1-TTHC', petition.class === 'rules' ? 1 : 0, 1);
    addTo(sums, '5.1-STAFF', petition.class === 'conduct' ? 1 : 0, 1);
  }
}

function addTo(sums: Map<string, [number, number]>, id: string, numerator: number, denominator: number): void {
  const [n, d] = sums.get(id) ?? [0, 0];
  sums.set(id, [n + numerator, d + denominator]);
}

function emptySets(): Sets {
  const empty = () => new Set<string>();
  return { online: empty(), paid: empty(), fee: empty(), population: empty(), offered: empty(), feeProcedures: empty(), citizen: empty() };
}

function isIn({ receivedAt }: ReadDossier, { start }: Sample['period']): boolean {
  return receivedAt !== null && receivedAt >= start;
}
