import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { exampleFileOf, readJson, readReleases, schemaFileOf, writeRelease, writeSchemas } from './contract-files';
import { jsonSchemaOf } from './json-schema';
import type { PublishedTopic } from './published-topic';

let library: string;

beforeEach(() => {
  library = fs.mkdtempSync(path.join(os.tmpdir(), 'contracts-'));
  putExample('letter-received.v1', { pages: 3 });
  putExample('letter-answered.v1', { by: 'post' });
});
afterEach(() => fs.rmSync(library, { recursive: true }));

function putExample(name: string, example: object): void {
  fs.mkdirSync(path.join(library, 'src', name), { recursive: true });
  fs.writeFileSync(path.join(library, 'src', name, `${name}.example.json`), JSON.stringify(example));
}

const answered = { type: 'offices.letter-answered.v1', schema: z.object({ by: z.string() }) };
const topicWith = (received: z.ZodType): PublishedTopic => ({
  name: 'offices.public.letter.v1',
  facts: [{ type: 'offices.letter-received.v1', schema: received }, answered],
});
const today = topicWith(z.object({ pages: z.int() }));
const later = topicWith(z.object({ pages: z.int(), sheets: z.int().optional() }));

test('schemas are written beside their examples, and only when they changed', () => {
  const written = writeSchemas(library, [today]);
  expect(written.map((file) => path.relative(library, file))).toEqual([
    'src/letter-received.v1/letter-received.v1.schema.json', 'src/letter-answered.v1/letter-answered.v1.schema.json',
  ]);
  expect(readJson(schemaFileOf(library, answered))).toEqual(jsonSchemaOf(answered));
  expect(writeSchemas(library, [today])).toEqual([]);
  expect(writeSchemas(library, [later])).toHaveLength(1);
});

test('a fact without an example, or with two, is an error', () => {
  expect(() => exampleFileOf(library, { type: 'offices.letter-burnt.v1', schema: z.object({}) })).toThrow('0 files letter-burnt.v1.example.json');
  fs.copyFileSync(exampleFileOf(library, answered), path.join(library, 'src', 'letter-answered.v1.example.json'));
  expect(() => exampleFileOf(library, answered)).toThrow('2 files');
});

test('a release keeps what is new or changed, with its example of that day', () => {
  expect(readReleases(library)).toEqual([]);
  expect(writeRelease(library, [today])).toBe(1);
  expect(writeRelease(library, [today])).toBeUndefined();
  putExample('letter-received.v1', { pages: 3, sheets: 2 });
  expect(writeRelease(library, [later])).toBe(2);
  expect(readReleases(library).map(({ release, type, example }) => [release, type, example])).toEqual([
    [1, 'offices.letter-answered.v1', { by: 'post' }],
    [1, 'offices.letter-received.v1', { pages: 3 }],
    [2, 'offices.letter-received.v1', { pages: 3, sheets: 2 }],
  ]);
});
