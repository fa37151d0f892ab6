import fc from 'fast-check';
import { z } from 'zod';
import { defineFact } from './contract';
import { asyncApiSchemaOf, portablePattern, publishedSchemaOf } from './published-schemas';
import { wireCode } from './wire-text';

const CODE = '^[\\p{L}\\p{N}][\\p{L}\\p{N}._/-]{0,63}$';
const portable = new RegExp(portablePattern(CODE));

describe('patterns for validators of other languages', () => {
  it('name no Unicode property and take whatever the contract takes', () => {
    expect(portablePattern(CODE)).not.toContain('\\p');
    const character = fc.oneof(fc.constantFrom('ạ', 'Đ', 'ß', '漢', '٣', '9', 'z', 'A', '.', '_', '/', '-'), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }));
    fc.assert(fc.property(fc.array(character, { maxLength: 70 }), (characters) => {
      const text = characters.join('');
      expect(wireCode.safeParse(text).success && !portable.test(text)).toBe(false);
    }), { seed: 766, numRuns: 2_000 });
  });

  it.each(['two words', 'a,b', 'a:b', '.hidden', '-x', 'a\u0000', 'name@office', ''])('refuse %j as before', (text) => expect(portable.test(text)).toBe(false));

  it('leave others as they are', () => expect(portablePattern('^[0-9a-f]{32}$')).toBe('^[0-9a-f]{32}$'));
});

describe('the published schema of a fact', () => {
  const letter = defineFact({ type: 'offices.letter-received.v1', schema: z.object({ office: wireCode, pages: z.int().optional() }), example: { office: 'A.1' } });

  it('has the name that records have in their headers', () => {
    expect(publishedSchemaOf(letter)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema', $id: 'urn:index766:offices.letter-received.v1', required: ['office'],
      properties: { office: { pattern: portablePattern(CODE) } },
    });
    expect(asyncApiSchemaOf(letter)).toMatchObject({ title: 'offices.letter-received.v1', required: ['office'] });
  });
});
