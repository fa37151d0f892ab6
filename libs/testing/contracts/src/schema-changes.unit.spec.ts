import { z } from 'zod';
import { jsonSchemaOf } from './json-schema';
import { forbiddenChanges } from './schema-changes';

const released = { unit: z.string().max(64), level: z.enum(['a', 'b']), note: z.string().optional(), at: z.object({ day: z.int() }) };

function changesTo(today: z.ZodRawShape): readonly string[] {
  const schemaOf = (shape: z.ZodRawShape) => jsonSchemaOf({ type: 'p.f.v1', schema: z.object(shape) });
  return forbiddenChanges(schemaOf(released), schemaOf(today));
}

describe('what may change inside a version', () => {
  test('nothing changed', () => {
    expect(changesTo(released)).toEqual([]);
  });

  test('a new optional field, at the top and inside', () => {
    expect(changesTo({ ...released, more: z.string().optional() })).toEqual([]);
    expect(changesTo({ ...released, at: z.object({ day: z.int(), hour: z.int().optional() }) })).toEqual([]);
  });

  test('a new description', () => {
    expect(changesTo({ ...released, unit: z.string().max(64).meta({ description: 'the unit' }) })).toEqual([]);
  });
});

describe('what is a new version', () => {
  test.each([
    ['a removed field', { ...released, note: undefined }, '$.properties.note: removed'],
    ['a new required field', { ...released, more: z.string() }, '$.required: more added'],
    ['a field that became required', { ...released, note: z.string() }, '$.required: note added'],
    ['a field that became optional', { ...released, unit: z.string().max(64).optional() }, '$.required: unit removed'],
    ['another type', { ...released, unit: z.int().max(64) }, '$.properties.unit.type: changed'],
    ['a narrower text', { ...released, unit: z.string().max(10) }, '$.properties.unit.maxLength: changed'],
    ['a new rule', { ...released, note: z.string().min(1).optional() }, '$.properties.note.minLength: added'],
    ['a dropped rule', { ...released, unit: z.string() }, '$.properties.unit.maxLength: removed'],
    ['fewer choices', { ...released, level: z.enum(['a']) }, '$.properties.level.enum: b removed'],
    ['more choices, which readers of today refuse', { ...released, level: z.enum(['a', 'b', 'c']) }, '$.properties.level.enum: c added'],
    ['a change inside', { ...released, at: z.object({ day: z.string() }) }, '$.properties.at.properties.day.type: changed'],
  ])('%s', (_name, today, change) => {
    const shape = Object.fromEntries(Object.entries(today).filter(([, schema]) => schema !== undefined)) as z.ZodRawShape;
    expect(changesTo(shape)).toContain(change);
  });
});
