import { csvText, type CsvColumn } from './csv';

interface Row {
  readonly name: string;
  readonly late: number | null;
}

const columns: readonly CsvColumn<Row>[] = [
  { title: 'Đơn vị', value: ({ name }) => name },
  { title: 'Late, open', value: ({ late }) => late },
];

test('a title line and a line for each row', () => {
  expect(csvText(columns, [{ name: 'Xã Phú Mỹ', late: 0 }, { name: 'Sở Y tế', late: null }])).toBe(
    'Đơn vị,"Late, open"\r\nXã Phú Mỹ,0\r\nSở Y tế,\r\n',
  );
});

test('no rows are a title line', () => {
  expect(csvText(columns, [])).toBe('Đơn vị,"Late, open"\r\n');
});

test.each([
  ['say "xin chào"', '"say ""xin chào"""'],
  ['two\nlines', '"two\nlines"'],
  ['a,b', '"a,b"'],
  ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
  ['+84', "'+84"],
  ['-1', "'-1"],
  ['@x', "'@x"],
])('the text %p is the cell %s', (name, cell) => {
  expect(csvText(columns, [{ name, late: -3 }]).split('Late, open"\r\n')[1]).toBe(`${cell},-3\r\n`);
});
