import { createSourceToken, hashSourceToken, isSourceName, parseSourceTokens } from './source-tokens';

const entry = { name: 'one-stop-h44', sha256: hashSourceToken('secret'), roles: ['source'], units: ['H44'] };
const fileOf = (...entries: readonly unknown[]): string => JSON.stringify(entries);

test('a token is found by its hash, with role and unit scope', () => {
  const tokens = parseSourceTokens(fileOf(entry));
  expect(tokens.get(hashSourceToken('secret'))).toEqual({ subject: 'one-stop-h44', roles: ['source'], units: ['H44'] });
  expect(tokens.get('secret')).toBeUndefined();
});

test('a new token is long, and only its hash is stored', () => {
  const { token, sha256 } = createSourceToken();
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(sha256).toBe(hashSourceToken(token));
  expect(createSourceToken().token).not.toBe(token);
});

test.each([
  ['H44', true], ['một-cửa.h44@phutho/1', true], ['x'.repeat(128), true], ['desk-h44', true],
  ['', false], ['one stop', false], ['-h44', false], ['h44\n', false], ['x'.repeat(129), false], ['desk', false],
])('the name of a source: %j is one: %s', (name, expected) => {
  expect(isSourceName(name)).toBe(expected);
});

test.each([
  ['no JSON', '[{"name": "secret"', 'no JSON text'],
  ['no list', '{}', 'no list'],
  ['no objects', '["secret"]', 'no list of entries'],
  ['no name', fileOf({ ...entry, name: '' }), 'entry 1 of the source tokens has no name'],
  ['a name with spaces', fileOf({ ...entry, name: 'my secret' }), 'entry 1 of the source tokens has a name that no source can have'],
  ['a token in place of its hash', fileOf({ ...entry, sha256: 'secret' }), 'has no sha256'],
  ['an unknown role', fileOf({ ...entry, roles: ['root'] }), 'has no known roles'],
  ['no role', fileOf({ ...entry, roles: [] }), 'has no known roles'],
  ['no unit', fileOf({ ...entry, units: [] }), 'has no units'],
  ['the same hash twice', fileOf(entry, { ...entry, name: 'other' }), 'entry 2 of the source tokens repeats'],
])('refuses a file with %s, without repeating what is in it', (_name, text, message) => {
  let thrown: unknown;
  try {
    parseSourceTokens(text);
  } catch (error) {
    thrown = error;
  }
  expect(String(thrown)).toContain(message);
  expect(String(thrown)).not.toContain('secret');
});
