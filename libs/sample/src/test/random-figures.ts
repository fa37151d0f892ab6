import { SeededRandom } from '../random';

/** Rows of a file as its cells, under the names of the columns. */
export type FileRow = Readonly<Record<string, string>>;
type Pair = readonly [numerator: number, denominator: number];

/** One dossier of 2.1 as somebody could have it, of whom the figures are counted. */
interface Dossier {
  readonly onTime: boolean;
  readonly received: boolean;
  readonly online: boolean;
  readonly procedure: number;
  readonly fee: boolean;
  readonly paid: 'no' | 'in-period' | 'before';
  readonly flags: Readonly<Record<'4.1' | 'digitised' | '4.3' | '4.4' | '4.5b' | 'dissatisfied', boolean>>;
}

interface Petition {
  readonly onTime: boolean;
  readonly satisfied: boolean;
  readonly class: number;
}

/** An office of which only the figures are published. */
interface Office {
  readonly dossiers: readonly Dossier[];
  readonly petitions: readonly Petition[];
  /** Procedures that were paid for in the period by whoever is in no other figure. */
  readonly paidElsewhere: ReadonlySet<number>;
  readonly offered: ReadonlySet<number>;
  readonly fees: ReadonlySet<number>;
  readonly citizen: ReadonlySet<number>;
}

/** Dossiers of an office: down to none, or as real ones have. */
export const SIZES = { any: [0, 1, 2, 3, 7, 20, 60, 150], usual: [0, 60, 150, 400] } as const;
const SHARES = [0, 100, 50, 90, 3];
/** Kinds of codes that units have. */
const CODES: readonly ((province: string, index: number) => string)[] = [
  (province, index) => `${province}.${index + 1}`, (province, index) => `000.${index + 1}.31.${province}`, (_, index) => String(31_000 + index),
  (_, index) => `XÃ-${index}`,
];
const NAMES = ['Xã Phú Mỹ', 'Phường "Việt Trì", khu 1', 'Sở Nội vụ; tổ 2', 'UBND xã Đại Đình'];
const TOGETHER: Readonly<Record<string, string>> = { '5.3': '5.2', '5.1-STAFF': '5.1-TTHC' };

/**
 * Figures of a province that somebody's dossiers come to: a few offices with made-up dossiers, counted by the lines of
 * index-766.md §4. Offices and rows may be missing from the file, as may the province's own; the same seed gives the same.
 */
export function randomFigures(seed: string, sizes: readonly number[]): readonly FileRow[] {
  const random = new SeededRandom(seed);
  const universe = random.between(1, 40);
  const offices = Array.from({ length: random.between(1, 7) }, () => drawOffice(random, universe, sizes));
  const province = random.pick(['H44', 'G7', '01', 'Z-9']);
  const codeOf = random.pick(CODES);
  const isListed = offices.map((_, index) => index === 0 || random.percent(70));
  const set = drawSet(random);
  const isAbsent = random.percent(50) ? 0 : 25;
  const rowsOf = (unit: string, level: string, figures: Readonly<Record<string, Pair>>) => {
    const absent = new Set(Object.keys(figures).filter((id) => id !== '2.1' && random.percent(isAbsent)));
    const name = random.pick(NAMES);
    return Object.entries(figures).filter(([id]) => !absent.has(TOGETHER[id] ?? id)).map(([indicator, [n, d]]): FileRow =>
      ({ period: 'month', scope: 'all', unit_code: unit, unit_name: name, level, indicator, numerator: String(n), denominator: String(d), points: '', max: '' }));
  };
  const below = offices.flatMap((office, index) => (isListed[index] === true
    ? rowsOf(codeOf(province, index), random.percent(30) ? 'DEPARTMENT' : 'COMMUNE', { ...figuresOf([office]), ...reportedOf(office), ...(random.percent(30) ? set : {}) }) : []));
  const above = random.percent(25) ? [] : rowsOf(province, 'PROVINCE', { ...figuresOf(offices), ...reportedOf(...offices), ...set });
  return random.percent(50) ? [...above, ...below] : [...below, ...above];
}

/** The file in one of the ways in which programs write it, among rows that are not compared. */
export function writeFile(rows: readonly FileRow[], seed: string): string {
  const random = new SeededRandom(`${seed} file`);
  const columns = ['period', 'scope', 'unit_code', 'unit_name', 'level', 'indicator', 'numerator', 'denominator', 'points', 'max'];
  if (random.percent(50)) random.shuffle(columns);
  if (random.percent(30)) columns.push('note');
  const others = rows.flatMap((row) => [
    ...(random.percent(5) ? [{ ...row, period: random.pick(['quarter', 'year', 'week']), numerator: '9', denominator: '3' }] : []),
    ...(random.percent(5) ? [{ ...row, scope: 'formality', numerator: '', denominator: '' }] : []),
  ]);
  const quoted = random.percent(40);
  const cell = (text: string) => (quoted || /[",;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [columns, ...random.shuffle([...rows, ...others]).map((row: FileRow) => columns.map((column) => row[column] ?? ''))];
  const [mark, end] = [random.percent(50) ? '\uFEFF' : '', random.percent(50) ? '\r\n' : '\n'];
  return `${mark}${lines.map((cells) => cells.map(cell).join(',')).join(end)}${end}`;
}

function drawOffice(random: SeededRandom, universe: number, sizes: readonly number[]): Office {
  const share = () => random.pick([...SHARES, random.between(1, 99)]);
  const some = () => {
    const percent = share();
    return new Set(Array.from({ length: universe }, (_, index) => index).filter(() => random.percent(percent)));
  };
  const rates = {
    onTime: share(), received: share(), online: share(), fee: share(), paid: share(), before: share(), '4.1': share(), digitised: share(), '4.3': share(),
    '4.4': share(), '4.5b': share(), dissatisfied: random.pick([0, 0, 5, 60]), petitionOnTime: share(), satisfied: share(),
  };
  const is = (rate: keyof typeof rates) => random.percent(rates[rate]);
  const spoken = random.between(1, universe);
  const dossiers = Array.from({ length: random.pick(sizes) }, (): Dossier => {
    const [onTime, received] = [is('onTime'), is('received')];
    const flags = { '4.1': is('4.1'), digitised: is('digitised'), '4.3': is('4.3'), '4.4': is('4.4'), '4.5b': is('4.5b'), dissatisfied: onTime && is('dissatisfied') };
    return {
      onTime, received, online: received && is('online'), procedure: random.below(spoken), fee: is('fee'), flags,
      paid: !is('paid') ? 'no' : !received || is('before') ? 'before' : 'in-period',
    };
  });
  const petitions = Array.from({ length: random.pick([0, 0, 1, 9, 25]) }, (): Petition => ({ onTime: is('petitionOnTime'), satisfied: is('satisfied'), class: random.below(3) }));
  const paidElsewhere = new Set(random.percent(30) ? Array.from({ length: random.between(0, 4) }, () => random.below(universe)) : []);
  return { dossiers, petitions, paidElsewhere, offered: some(), fees: some(), citizen: some() };
}

/** The lines of §4 about dossiers, procedures and petitions, of one office or of several together. */
function figuresOf(offices: readonly Office[]): Readonly<Record<string, Pair>> {
  const dossiers = offices.flatMap((office) => office.dossiers);
  const petitions = offices.flatMap((office) => office.petitions);
  const count = (counts: (dossier: Dossier) => boolean) => dossiers.filter(counts).length;
  const codes = (counts: (dossier: Dossier) => boolean) => new Set(dossiers.filter(counts).map(({ procedure }) => procedure));
  const union = (of: (office: Office) => ReadonlySet<number>) => new Set(offices.flatMap((office) => [...of(office)]));
  const both = (a: ReadonlySet<number>, b: ReadonlySet<number>) => [...a].filter((each) => b.has(each)).length;
  const all = dossiers.length;
  const [offered, fees, citizen] = [union((office) => office.offered), union((office) => office.fees), union((office) => office.citizen)];
  const paid = new Set([...codes((dossier) => dossier.paid === 'in-period'), ...union((office) => office.paidElsewhere)]);
  const payable = new Set([...fees, ...paid]);
  const asked = petitions.length;
  const onTime = count((dossier) => dossier.onTime);
  return {
    '2.1': [onTime, all], '3.3': [count(({ online }) => online), count(({ received }) => received)],
    '3.2': [both(codes(({ online }) => online), offered), offered.size],
    '3.6': [count((dossier) => dossier.paid !== 'no'), count((dossier) => dossier.fee || dossier.paid !== 'no')],
    '3.5a': [paid.size, payable.size], '3.5b': [both(codes(({ fee }) => fee), fees), payable.size],
    '4.1': [count(({ flags }) => flags['4.1']), all], '4.2': [count(({ flags }) => flags['4.1'] && flags.digitised), all],
    '4.3': [count(({ flags }) => flags['4.3']), all], '4.4': [count(({ flags }) => flags['4.4']), all],
    '4.5b': [count(({ flags }) => flags['4.5b']), all], '4.5a': [both(codes(({ flags }) => flags['4.5b']), citizen), citizen.size],
    '5.4': [onTime - count(({ flags }) => flags.dissatisfied), all],
    '5.2': [petitions.filter((petition) => petition.onTime).length, asked], '5.3': [petitions.filter((petition) => petition.onTime && petition.satisfied).length, asked],
    '5.1-TTHC': [petitions.filter((petition) => petition.class === 0).length, asked], '5.1-STAFF': [petitions.filter((petition) => petition.class === 1).length, asked],
  };
}

function reportedOf(...offices: readonly Office[]): Readonly<Record<string, Pair>> {
  const report = offices.reduce((sum, { dossiers }) => sum + dossiers.length + 3, 0);
  return { '1.4': [report - offices.length, report] };
}

/** What the province has announced and made public, whatever its units offer online. */
function drawSet(random: SeededRandom): Readonly<Record<string, Pair>> {
  const [announced, open, due, toPublish] = [random.between(0, 30), random.between(0, 30), random.between(0, 9), random.between(0, 9)];
  return {
    '1.1': [Math.min(random.between(0, due), announced), due], '1.2': [Math.min(random.between(0, toPublish), open), toPublish],
    '1.3': [random.between(0, open), open], '3.1': [random.between(0, announced), announced],
  };
}
