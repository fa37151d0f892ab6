import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../../..');
const ROW = /^\|.*\| `(?<file>[^`]+)`: (?<title>.+) \|$/u;
const HEADING = /^\| (?:Line|Rule) \| Test \|$|^\|---\|---\|$/u;

/** Rows of all tables; one that names no test has neither file nor title, which nothing has. */
const rowsOf = (document: string) => readFileSync(path.join(ROOT, document), 'utf8').split('\n')
  .filter((line) => line.startsWith('|') && !HEADING.test(line))
  .map((line) => {
    const { file = line, title = '' } = ROW.exec(line)?.groups ?? {};
    return { file, title };
  });

/** Whether a spec has a title: a whole one, of a test or of a group of tests. */
const hasTitle = (file: string, title: string): boolean => {
  const place = path.join(ROOT, file);
  if (!existsSync(place)) return false;
  const text = readFileSync(place, 'utf8');
  return text.includes(`('${title}'`) || text.includes(`\n    '${title}',`);
};

describe.each([['docs/index-766-tests.md', 70], ['docs/lifecycle-tests.md', 70]])('%s', (document, fewest) => {
  it('names tests that exist', () => {
    const rows = rowsOf(document);
    expect(rows.length).toBeGreaterThan(fewest);
    expect(rows.filter(({ file, title }) => !hasTitle(file, title))).toEqual([]);
  });
});
