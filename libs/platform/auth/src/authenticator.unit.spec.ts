import { SignJWT, UnsecuredJWT, importPKCS8, type JWTPayload } from 'jose';
import { createAuthenticator, type AuthConfig, type Authenticator } from './authenticator';
import { LOCAL_AUDIENCE, LOCAL_ISSUER, issueLocalToken } from './issue-local-token';
import { createLocalKeyPair } from './local-key-pair';
import { hashSourceToken } from './source-tokens';

const keys = createLocalKeyPair();
const strangers = createLocalKeyPair();
const revealing = (text: string) => ({ reveal: () => text });

const local: AuthConfig = {
  mode: 'local',
  localKey: revealing(keys.publicKeyPem),
  issuer: LOCAL_ISSUER,
  audience: LOCAL_AUDIENCE,
  sourceTokens: revealing(
    JSON.stringify([{ name: 'one-stop', sha256: hashSourceToken('static'), roles: ['source'], units: ['H44'] }]),
  ),
};

const request = { roles: ['desk'], units: ['H44.114'], lifetime: '5m' } as const;

async function signed(claims: JWTPayload, pem: string = keys.privateKeyPem): Promise<string> {
  const body = { sub: 'a', roles: [], units: [], iss: LOCAL_ISSUER, aud: LOCAL_AUDIENCE, iat: 1, exp: 4_102_444_800, ...claims };
  return new SignJWT(body).setProtectedHeader({ alg: 'EdDSA' }).sign(await importPKCS8(pem, 'EdDSA'));
}

describe('who asks', () => {
  let authenticator: Authenticator;
  beforeAll(async () => {
    authenticator = await createAuthenticator(local);
  });

  test.each([undefined, '', 'Basic dXNlcjpwYXNz', 'Bearertoken'])('nobody, with the authorization %p', async (authorization) => {
    expect(await authenticator.authenticate(authorization)).toEqual({ ok: true, value: undefined });
  });

  test('the bearer of a token of the development key', async () => {
    const token = await issueLocalToken(keys.privateKeyPem, { ...request, subject: 'desk-7' });
    const principal = { subject: 'desk-7', roles: ['desk'], units: ['H44.114'] };
    expect(await authenticator.authenticate(`Bearer ${token}`)).toEqual({ ok: true, value: principal });
    expect(await authenticator.authenticate(`bearer  ${token} `)).toEqual({ ok: true, value: principal });
  });

  test('a source with its static token', async () => {
    const principal = { subject: 'one-stop', roles: ['source'], units: ['H44'] };
    expect(await authenticator.authenticate('Bearer static')).toEqual({ ok: true, value: principal });
  });

  test('roles that this version does not know give no right', async () => {
    const token = await signed({ roles: ['emperor', 'operator'] });
    expect(await authenticator.authenticate(`Bearer ${token}`)).toMatchObject({ ok: true, value: { roles: ['operator'] } });
  });

  test('an expired token is told apart', async () => {
    const token = await signed({ exp: 1_000_000 });
    expect(await authenticator.authenticate(`Bearer ${token}`)).toMatchObject({ ok: false, error: { code: 'AUTH.EXPIRED_TOKEN' } });
  });

  test.each<[string, () => Promise<string> | string]>([
    ['no token at all', () => ''],
    ['a text that is none', () => 'not-a-token'],
    ['a token of another key', () => issueLocalToken(strangers.privateKeyPem, request)],
    ['another issuer', () => signed({ iss: 'someone' })],
    ['another audience', () => signed({ aud: 'elsewhere' })],
    ['no end', () => signed({ exp: undefined })],
    ['no subject', () => signed({ sub: undefined })],
    ['an empty subject', () => signed({ sub: '' })],
    ['roles that are no list', () => signed({ roles: 'operator' })],
    ['units that are no texts', () => signed({ units: [1] })],
    ['no units', () => signed({ units: undefined })],
    ['a start in the future', () => signed({ nbf: 4_000_000_000 })],
    ['no signature', () => new UnsecuredJWT({ sub: 'a', roles: ['operator'], units: ['*'] }).setIssuer(LOCAL_ISSUER).setAudience(LOCAL_AUDIENCE).setIssuedAt().setExpirationTime('1h').encode()],
    ['a changed body', async () => {
      const [head, , signature] = (await issueLocalToken(keys.privateKeyPem, request)).split('.');
      const body = Buffer.from(JSON.stringify({ sub: 'a', roles: ['operator'], units: ['*'] })).toString('base64url');
      return `${head}.${body}.${signature}`;
    }],
  ])('refuses %s, and does not repeat the token', async (_name, make) => {
    const token = await make();
    const result = await authenticator.authenticate(`Bearer ${token}`);
    expect(result).toMatchObject({ ok: false, error: { code: 'AUTH.INVALID_TOKEN' } });
    expect(token === '' || !JSON.stringify(result).includes(token)).toBe(true);
  });
});

describe('settings that contradict each other stop the start', () => {
  test.each<[string, Partial<AuthConfig>, string]>([
    ['a development key beside an identity provider', { jwksUrl: 'https://id.example/jwks' }, 'AUTH_JWKS_URL'],
    ['mode local without a key', { localKey: undefined }, 'AUTH_LOCAL_KEY_FILE'],
    ['mode jwks with a development key', { mode: 'jwks', jwksUrl: 'https://id.example/jwks' }, 'AUTH_MODE=local only'],
    ['mode jwks without an address', { mode: 'jwks', localKey: undefined }, 'AUTH_JWKS_URL'],
    ['source tokens that cannot be read', { sourceTokens: revealing('{}') }, 'no list'],
  ])('%s', async (_name, change, message) => {
    await expect(createAuthenticator({ ...local, ...change })).rejects.toThrow(message);
  });

  test('a key that is none', async () => {
    await expect(createAuthenticator({ ...local, localKey: revealing('nonsense') })).rejects.toThrow();
  });
});
