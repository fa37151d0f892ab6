import { Controller, Get, Module, Param, type INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { AuthModule, LOCAL_AUDIENCE, LOCAL_ISSUER, Public, createLocalKeyPair, issueLocalToken } from '@index766/platform-auth';
import request from 'supertest';
import type { App } from 'supertest/types';
import { Health, unhealthy } from './health/health';
import { measureRequests } from './http-metrics';
import { createServiceLog } from './log/logger';
import { Metrics } from './metrics/metrics';
import { ObservabilityModule } from './observability.module';

const keys = createLocalKeyPair();
const log = createServiceLog({ service: 'letters', level: 'info', destination: { write: () => undefined } });

@Public()
@Controller('letters')
class LettersController {
  @Get(':id')
  read(@Param('id') id: string): string {
    return id;
  }
}

@Module({
  imports: [
    ObservabilityModule.forRoot(log),
    AuthModule.forRoot(
      { mode: 'local', localKey: { reveal: () => keys.publicKeyPem }, issuer: LOCAL_ISSUER, audience: LOCAL_AUDIENCE },
      log.logger,
    ),
  ],
  controllers: [LettersController],
})
class LettersModule {}

let app: INestApplication<App>;

beforeEach(async () => {
  const module = await Test.createTestingModule({ imports: [LettersModule] }).compile();
  app = module.createNestApplication({ logger: false });
  app.use(measureRequests(app.get(Metrics)));
  await app.init();
});
afterEach(() => app.close());

test('metrics are open, in the text format, with the process', async () => {
  const { text } = await request(app.getHttpServer()).get('/metrics').expect(200).expect('Content-Type', /^text\/plain;.*version=0\.0\.4/);
  expect(text).toContain('process_cpu_seconds_total');
});

test('requests are measured by the pattern of their route, never by path', async () => {
  await request(app.getHttpServer()).get('/letters/letter-4711').expect(200);
  await request(app.getHttpServer()).get('/letters/letter-4712').expect(200);
  await request(app.getHttpServer()).get('/nothing/letter-4713').expect(404);
  await request(app.getHttpServer()).put('/log-level').expect(401);
  const { text } = await request(app.getHttpServer()).get('/metrics');
  const counts = text.split('\n').filter((line) => line.startsWith('http_request_duration_seconds_count'));
  expect(counts.sort()).toEqual([
    'http_request_duration_seconds_count{method="GET",route="/letters/:id",status="200"} 2',
    'http_request_duration_seconds_count{method="GET",route="unmatched",status="404"} 1',
    'http_request_duration_seconds_count{method="PUT",route="/log-level",status="401"} 1',
  ]);
  expect(text).toContain('http_requests_in_flight 1');
  expect(text).not.toMatch(/letter-471/);
});

test('health answers 200 or 503 with the reasons', async () => {
  await request(app.getHttpServer()).get('/health/live').expect(200, { status: 'up', probes: {} });
  app.get(Health).addReadiness({ name: 'mongo', check: () => unhealthy('no server answers') });
  await request(app.getHttpServer()).get('/health/ready').expect(503, {
    status: 'down', probes: { mongo: { healthy: false, reasons: ['no server answers'] } },
  });
  await request(app.getHttpServer()).get('/health/live').expect(200);
});

test('the log level is open to read, an operator changes it', async () => {
  const bearer = async (role: 'operator' | 'desk') => ({
    Authorization: `Bearer ${await issueLocalToken(keys.privateKeyPem, { roles: [role], units: ['*'], lifetime: '5m' })}`,
  });
  await request(app.getHttpServer()).put('/log-level').set(await bearer('desk')).send({ level: 'debug' }).expect(403);
  await request(app.getHttpServer()).put('/log-level').set(await bearer('operator')).send({ level: 'loud' }).expect(400);
  await request(app.getHttpServer()).put('/log-level').set(await bearer('operator')).send({ level: 'debug' }).expect(200, { level: 'debug' });
  await request(app.getHttpServer()).get('/log-level').expect(200, { level: 'debug' });
});
