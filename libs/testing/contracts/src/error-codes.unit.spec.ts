import fs from 'node:fs';
import path from 'node:path';
import { CODES_BESIDE_HTTP } from './codes-beside-http';
import { codesIn, errorCodePage, type CodeTable } from './error-code-page';

const ROOT = path.join(__dirname, '../../../..');
const OUTSIDE = /(^|\/)(node_modules|dist|test)\/|\.spec\.ts$|\.d\.ts$/;

function sourcesBelow(folder: string): readonly string[] {
  return fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !OUTSIDE.test(file))
    .map((file) => path.join(ROOT, folder, file));
}

const sources = [...sourcesBelow('libs'), ...sourcesBelow('apps')];
const tables = sources
  .filter((file) => path.basename(file) === 'error-codes.ts')
  .flatMap((file) => Object.values(jest.requireActual<Record<string, unknown>>(file)))
  .filter((exported): exported is CodeTable => typeof exported === 'object' && exported !== null);

test('docs/errors.md says what the lists say (node tools/error-codes.mjs)', () => {
  expect(fs.readFileSync(path.join(ROOT, 'docs/errors.md'), 'utf8')).toBe(errorCodePage(tables, CODES_BESIDE_HTTP));
});

test('every code that the code refuses with is in a list', () => {
  const listed = new Set([...tables.flatMap((table) => Object.keys(table)), ...Object.keys(CODES_BESIDE_HTTP)]);
  const missing = sources.flatMap((file) =>
    codesIn(fs.readFileSync(file, 'utf8'))
      .filter((code) => !listed.has(code))
      .map((code) => `${code} in ${path.relative(ROOT, file)}`),
  );
  expect(missing).toEqual([]);
});

test('every code of a list is one that the code refuses with', () => {
  const lists = /(error-codes|codes-beside-http)\.ts$/;
  const used = new Set(sources.filter((file) => !lists.test(file)).flatMap((file) => codesIn(fs.readFileSync(file, 'utf8'))));
  const listed = [...tables.flatMap((table) => Object.keys(table)), ...Object.keys(CODES_BESIDE_HTTP)];
  expect(listed.filter((code) => !used.has(code))).toEqual([]);
});

test('two lists that disagree are refused', () => {
  const first = { 'LETTER.UNKNOWN': { status: 404, meaning: 'There is no such letter.' } };
  expect(() => errorCodePage([first, { 'LETTER.UNKNOWN': { status: 422, meaning: 'x' } }], {})).toThrow('LETTER.UNKNOWN');
  expect(errorCodePage([first, first], {})).toContain('| `LETTER.UNKNOWN` | 404 | There is no such letter. |');
});
