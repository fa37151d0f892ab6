import { readFileSync } from 'node:fs';
import { readOptions, wholeNumber } from '../command-line';
import { EXIT, OpsFailure, UsageFailure, codeOf } from '../failure';
import { loadAddressConfig } from '../ops.config';
import { runAggregatorMaintenance } from '../services/aggregator-maintenance';
import { Editions, documentsIn, type EditionLine } from '../services/editions';
import { tableText, type Column } from '../showing/table';
import { manifestProblems, sha256Of } from '../verifying/verify-edition';
import type { Command } from './command';

type Out = (text: string) => void;
type Action = (args: readonly string[], out: Out) => Promise<number>;
type Row = EditionLine & { readonly period: string };

const WHICH = { province: { type: 'string' }, period: { type: 'string' }, number: { type: 'string' } } as const;

const COLUMNS: readonly Column<Row>[] = [
  { vi: 'Kỳ', en: 'Period', cell: ({ period }) => period },
  { vi: 'Số', en: 'Number', align: 'right', cell: ({ number }) => String(number) },
  { vi: 'Trạng thái', en: 'State', cell: ({ state }) => state },
  { vi: 'Chốt lúc', en: 'Known before', cell: ({ knownBefore }) => knownBefore },
  { vi: 'Công bố lúc', en: 'Published at', cell: ({ publishedAt }) => publishedAt },
  { vi: 'Mã băm', en: 'SHA-256', cell: ({ sha256 }) => sha256 },
];

const list: Action = async (args, out) => {
  const { province } = readOptions(args, { province: { type: 'string' } }).values;
  const periods = await reader().ofProvince(provinceOf(province));
  const rows = periods.flatMap(({ period, editions }) => editions.map((edition): Row => ({ period, ...edition })));
  out(rows.length === 0 ? 'Chưa công bố gì / Nothing is published\n' : tableText(COLUMNS, rows));
  return EXIT.done;
};

const verify: Action = async (args, out) => {
  const { values } = readOptions(args, { ...WHICH, key: { type: 'string' } });
  const editions = reader();
  const [province, period] = [provinceOf(values.province), periodOf(values.period)];
  const number = wholeNumber(values.number, 'number', await lastNumber(editions, province, period), 1);
  const edition = await editions.edition(province, period, number);
  const publicKey = values.key === undefined ? (await editions.keys()).find(({ keyId }) => keyId === edition.keyId)?.publicKey : fileText(values.key);
  if (publicKey === undefined) throw new OpsFailure(`Edition ${number} was signed by the key ${edition.keyId}, which is not published any more: give it with --key.`);
  const problems = [...manifestProblems(edition, publicKey)];
  const documents = documentsIn(edition.canonical);
  for (const document of documents) {
    if (sha256Of(await editions.document(province, period, number, document)) !== document.sha256) problems.push(`${document.path} has another hash than the manifest says`);
  }
  if (problems.length === 0) out(`Edition ${number} of ${province} and ${period}: the signature and the hashes of ${documents.length} documents are right.\n`);
  for (const problem of problems) out(`${problem}\n`);
  return problems.length === 0 ? EXIT.done : EXIT.failed;
};

const recompute: Action = (args) => {
  const { values } = readOptions(args, { ...WHICH, 'from-topics': { type: 'boolean' } });
  const chosen = [
    '--province', provinceOf(values.province), ...(values.period === undefined ? [] : ['--period', values.period]),
    ...(values.number === undefined ? [] : ['--number', values.number]), ...(values['from-topics'] === true ? ['--from-topics'] : []),
  ];
  return runAggregatorMaintenance(['editions', ...chosen]);
};

const ACTIONS: ReadonlyMap<string | undefined, Action> = new Map([['list', list], ['verify', verify], ['recompute', recompute]]);

export const editionsCommand: Command = {
  name: 'editions',
  usage: [
    'editions list --province H44', 'editions verify --province H44 --period 2026-W47 [--number 1] [--key FILE]',
    'editions recompute --province H44 [--period 2026-W47 [--number 1]] [--from-topics]',
  ].join('\n       '),
  purpose: 'list what was published, check hashes and signature, compute editions again from the facts and compare (--from-topics: without a database, with any account that reads the public topics)',
  run: async ([name, ...args], out) => {
    const action = ACTIONS.get(name);
    if (!action) throw new UsageFailure('editions takes list, verify or recompute.');
    return action(args, out);
  },
};

function reader(): Editions {
  return new Editions(loadAddressConfig().aggregator);
}

async function lastNumber(editions: Editions, province: string, period: string): Promise<number> {
  const found = (await editions.ofProvince(province)).find((each) => each.period === period)?.editions.at(-1);
  if (found === undefined) throw new OpsFailure(`${province} has no edition of ${period}.`);
  return found.number;
}

function provinceOf(text: string | undefined): string {
  if (text === undefined) throw new UsageFailure('--province takes the code of a province: H44.');
  return text;
}

function periodOf(text: string | undefined): string {
  if (text === undefined) throw new UsageFailure('--period takes a period: 2026-W47, 2026-10.');
  return text;
}

function fileText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new OpsFailure(`${file} cannot be read: ${codeOf(error) ?? 'no file'}.`);
  }
}
