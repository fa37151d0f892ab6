import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Controller, Get, Module, Post, type INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { SignJWT, exportJWK, generateKeyPair, type KeyLike } from 'jose';
import request from 'supertest';
import type { App } from 'supertest/types';
import { AuthModule, type AuthLog } from './auth.module';
import type { AuthConfig } from './authenticator';
import { LOCAL_AUDIENCE, LOCAL_ISSUER, issueLocalToken } from './issue-local-token';
import { createLocalKeyPair } from './local-key-pair';
import type { Principal, Role } from './principal';
import { CurrentPrincipal, OptionalPrincipal, Public, Roles } from './route-access';
import { undeclaredRoutes } from './undeclared-routes';

const keys = createLocalKeyPair();
const local: AuthConfig = {
  mode: 'local', localKey: { reveal: () => keys.publicKeyPem }, issuer: LOCAL_ISSUER, audience: LOCAL_AUDIENCE,
};

@Controller('letters')
class LettersController {
  @Public()
  @Get()
  list(@OptionalPrincipal() principal?: Principal): { readonly reader: string } {
    return { reader: principal?.subject ?? 'anybody' };
  }

  @Roles('desk', 'operator')
  @Post()
  take(@CurrentPrincipal() principal: Principal): Principal {
    return principal;
  }

  @Get('forgotten')
  forgotten(): string {
    return 'nobody may read this';
  }
}

@Public()
@Controller('open')
class OpenController {
  @Get()
  read(): string {
    return 'open';
  }

  @Roles('operator')
  @Get('not')
  notOpen(): string {
    return 'operators';
  }
}

const announced: string[] = [];
const log: AuthLog = { warn: (_fields, message) => announced.push(message) };

async function appWith(config: AuthConfig): Promise<INestApplication<App>> {
  @Module({ imports: [AuthModule.forRoot(config, log)], controllers: [LettersController, OpenController] })
  class LettersModule {}
  const module = await Test.createTestingModule({ imports: [LettersModule] }).compile();
  return module.createNestApplication<INestApplication<App>>({ logger: false }).init();
}

describe('the guard, with the development key', () => {
  let app: INestApplication<App>;
  const token = (...roles: readonly Role[]): Promise<string> =>
    issueLocalToken(keys.privateKeyPem, { roles, units: ['H44'], lifetime: '5m', subject: 'someone' });

  beforeAll(async () => {
    app = await appWith(local);
  });
  afterAll(() => app.close());

  test('mode local is announced', () => {
    expect(announced).toEqual(['AUTH_MODE=local: tokens of the development key are accepted']);
  });

  test('a public route needs no token, sees who sends one, and refuses a bad one', async () => {
    await request(app.getHttpServer()).get('/letters').expect(200, { reader: 'anybody' });
    await request(app.getHttpServer()).get('/letters').auth(await token('desk'), { type: 'bearer' }).expect(200, { reader: 'someone' });
    const refused = await request(app.getHttpServer()).get('/letters').auth('nonsense', { type: 'bearer' }).expect(401);
    expect(refused.body).toMatchObject({ code: 'AUTH.INVALID_TOKEN' });
  });

  test('a route with roles needs one of them', async () => {
    const missing = await request(app.getHttpServer()).post('/letters').expect(401);
    expect(missing.body).toMatchObject({ code: 'AUTH.MISSING_TOKEN' });
    const wrong = await request(app.getHttpServer()).post('/letters').auth(await token('source'), { type: 'bearer' }).expect(403);
    expect(wrong.body).toMatchObject({ code: 'AUTH.MISSING_ROLE', detail: 'the token needs the role desk or operator' });
    const right = await request(app.getHttpServer()).post('/letters').auth(await token('operator'), { type: 'bearer' }).expect(201);
    expect(right.body).toEqual({ subject: 'someone', roles: ['operator'], units: ['H44'] });
  });

  test('a route that declares nothing is refused to everybody, and can be found', async () => {
    const refused = await request(app.getHttpServer()).get('/letters/forgotten').auth(await token('operator'), { type: 'bearer' }).expect(403);
    expect(refused.body).toMatchObject({ code: 'AUTH.UNDECLARED_ROUTE' });
    expect(undeclaredRoutes(app)).toEqual(['GET LettersController.forgotten']);
  });

  test('a method says more than its class', async () => {
    await request(app.getHttpServer()).get('/open').expect(200);
    await request(app.getHttpServer()).get('/open/not').expect(401);
  });
});

describe('the guard, with an identity provider', () => {
  let provider: Server;
  let app: INestApplication<App>;
  let answer: { status: number; body: string };
  let privateKey: KeyLike;

  async function tokenOf(kid: string): Promise<string> {
    return new SignJWT({ roles: ['desk'], units: ['H44'] })
      .setProtectedHeader({ alg: 'ES256', kid })
      .setSubject('someone').setIssuer('https://id.example').setAudience('index766').setIssuedAt().setExpirationTime('5m')
      .sign(privateKey);
  }

  beforeEach(async () => {
    const pair = await generateKeyPair('ES256');
    privateKey = pair.privateKey;
    answer = { status: 200, body: JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256' }] }) };
    provider = createServer((_request, response) => {
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    });
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    const { port } = provider.address() as AddressInfo;
    app = await appWith({
      mode: 'jwks', jwksUrl: `http://127.0.0.1:${port}/jwks`, issuer: 'https://id.example', audience: 'index766',
    });
  });
  afterEach(async () => {
    await app.close();
    await new Promise((resolve) => provider.close(resolve));
  });

  async function take(kid: string): Promise<{ readonly status: number; readonly body: unknown }> {
    return request(app.getHttpServer()).post('/letters').auth(await tokenOf(kid), { type: 'bearer' });
  }

  test('accepts a token that one of its keys signed', async () => {
    expect((await take('k1')).status).toBe(201);
  });

  test('refuses one whose key it does not have', async () => {
    expect(await take('k2')).toMatchObject({ status: 401, body: { code: 'AUTH.INVALID_TOKEN' } });
  });

  test.each([
    ['an error', { status: 500, body: 'down' }],
    ['no keys', { status: 200, body: '{}' }],
    ['no JSON', { status: 200, body: '<html>' }],
  ])('says that it cannot tell now when the provider answers with %s', async (_name, broken) => {
    answer = broken;
    expect(await take('k1')).toMatchObject({ status: 503, body: { code: 'AUTH.KEYS_UNAVAILABLE' } });
  });

  test('and when the provider cannot be reached', async () => {
    provider.closeAllConnections();
    await new Promise((resolve) => provider.close(resolve));
    expect(await take('k1')).toMatchObject({ status: 503, body: { code: 'AUTH.KEYS_UNAVAILABLE' } });
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  });

  test('does not accept a token of the development key', async () => {
    const token = await issueLocalToken(keys.privateKeyPem, {
      roles: ['desk'], units: ['*'], lifetime: '5m', issuer: 'https://id.example', audience: 'index766',
    });
    const { body } = await request(app.getHttpServer()).post('/letters').auth(token, { type: 'bearer' }).expect(401);
    expect(body).toMatchObject({ code: 'AUTH.INVALID_TOKEN' });
  });
});
