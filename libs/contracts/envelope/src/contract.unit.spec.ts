import { z } from 'zod';
import { defineFact, defineTopic } from './contract';

const received = defineFact({
  type: 'offices.letter-received.v1',
  schema: z.object({ pages: z.int() }),
  example: { pages: 3, dropped: true },
});

const letters = {
  name: 'offices.public.letter.v1',
  producer: 'offices',
  visibility: 'public',
  keyedBy: 'letter id',
  partitions: 'dossier',
  retention: 'forever',
  facts: [received],
} as const;

describe('defining a fact', () => {
  test('keeps the example as its schema reads it', () => {
    expect(received.example).toEqual({ pages: 3 });
  });

  test.each(['letter-received.v1', 'offices.letter-received', 'offices.LetterReceived.v1', 'offices.letter-received.v0'])(
    'refuses the type %s',
    (type) => {
      expect(() => defineFact({ type, schema: z.object({}), example: {} })).toThrow('<producer>.<name>.v<N>');
    },
  );

  test('refuses an example that its own schema does not accept', () => {
    expect(() => defineFact({ type: 'offices.x.v1', schema: z.object({ pages: z.int() }), example: {} })).toThrow(
      'does not satisfy its schema',
    );
  });
});

describe('defining a topic', () => {
  test('takes a topic whose name says producer and visibility', () => {
    expect(defineTopic(letters)).toBe(letters);
  });

  test.each([
    { name: 'offices.letter.v1' },
    { name: 'offices.internal.letter.v1' },
    { name: 'ministries.public.letter.v1' },
    { name: 'offices.public.letter' },
  ])('refuses $name for a public topic of offices', ({ name }) => {
    expect(() => defineTopic({ ...letters, name })).toThrow('is not <producer>.<visibility>.<subject>.v<N>');
  });

  test('refuses a fact type that is there twice, and one of another producer', () => {
    expect(() => defineTopic({ ...letters, facts: [received, received] })).toThrow('twice');
    expect(() => defineTopic({ ...letters, name: 'desks.public.letter.v1', producer: 'desks' })).toThrow('another producer');
  });
});
