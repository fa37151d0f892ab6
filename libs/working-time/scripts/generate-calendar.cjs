// Writes src/calendars/vn-2024-2027.ts from the announced list beside it. Run `npx tsc -b libs/working-time` first.
const fs = require('node:fs');
const path = require('node:path');
const { readHolidayList } = require('../dist/holiday-list');

const folder = path.join(__dirname, '../src/calendars');
const list = readHolidayList(fs.readFileSync(path.join(folder, 'vn-2024-2027.csv'), 'utf8'));
if (!list.ok) {
  for (const { path: line, detail } of list.error) console.error(`${line}: ${detail}`);
  process.exit(1);
}

const quoted = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const lineOf = (entry) =>
  `    { ${Object.entries(entry).map(([key, value]) => `${key}: ${typeof value === 'string' ? quoted(value) : value}`).join(', ')} },`;

fs.writeFileSync(
  path.join(folder, 'vn-2024-2027.ts'),
  `import type { HolidayList } from '../holiday-list';

/** Generated from vn-2024-2027.csv by scripts/generate-calendar.cjs. */
export const VN_2024_2027: HolidayList = {
  holidays: [
${list.value.holidays.map(lineOf).join('\n')}
  ],
  makeUpDays: [
${list.value.makeUpDays.map(lineOf).join('\n')}
  ],
};
`,
);
