import { mkdtempSync, writeFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  AuthSettings, ConfigError, CrossCheck, DurationVariable, FlagVariable, Group, HttpSettings, IntegerVariable, KafkaSettings,
  LogSettings, MongoSettings, SecretFileVariable, loadConfig, type Environment, type Secret,
} from './index';

@CrossCheck<LimitSettings>(({ few, many }) => (few > many ? [{ variable: 'LIMIT_FEW', problem: 'must not exceed LIMIT_MANY' }] : []))
class LimitSettings {
  @IntegerVariable('LIMIT_FEW', { min: 1, max: 100 })
  readonly few: number = 1;

  @IntegerVariable('LIMIT_MANY', { min: 1 })
  readonly many: number = 10;

  @DurationVariable('LIMIT_PAUSE_MINUTES', { maxMs: 3_600_000 })
  readonly pauseMs: number = 60_000;

  @FlagVariable('LIMIT_STRICT')
  readonly strict: boolean = false;
}

class OfficeSettings {
  @Group(HttpSettings, { port: 7662 })
  readonly http!: HttpSettings;

  @Group(MongoSettings)
  readonly mongo!: MongoSettings;

  @Group(KafkaSettings, { clientId: 'office' })
  readonly kafka!: KafkaSettings;

  @Group(AuthSettings)
  readonly auth!: AuthSettings;

  @Group(LogSettings)
  readonly log!: LogSettings;

  @Group(LimitSettings)
  readonly limits!: LimitSettings;

  @SecretFileVariable('OFFICE_KEY_FILE', { optional: true })
  readonly key?: Secret;
}

const folder = mkdtempSync(join(tmpdir(), 'config-'));
const fileWith = (name: string, content: string) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const valid: Environment = {
  MONGO_URI: 'mongodb://office:swordfish@127.0.0.1:7617/',
  MONGO_DATABASE: 'office',
  KAFKA_BROKERS: '127.0.0.1:7692, 127.0.0.1:7693',
  AUTH_MODE: 'local',
  AUTH_LOCAL_KEY_FILE: fileWith('local-key', 'opensesame\n'),
  AUTH_ISSUER: 'index766',
  AUTH_AUDIENCE: 'office',
};
const problemsOf = (environment: Environment) => {
  try {
    loadConfig(OfficeSettings, environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ variable, problem }) => `${variable} ${problem}`);
    throw error;
  }
  return [];
};

describe('loadConfig', () => {
  it('gives typed values, and defaults where a variable is not set or empty', () => {
    const config = loadConfig(OfficeSettings, { ...valid, LIMIT_FEW: '7', LIMIT_PAUSE_MINUTES: '5', LIMIT_STRICT: 'true', LIMIT_MANY: ' ' });
    expect(config).toMatchObject({
      http: { host: '127.0.0.1', port: 7662 },
      mongo: { database: 'office', commandTimeoutMs: 10_000 },
      kafka: { brokers: ['127.0.0.1:7692', '127.0.0.1:7693'], clientId: 'office', sendTimeoutMs: 45_000 },
      log: { level: 'info' },
      limits: { few: 7, many: 10, pauseMs: 300_000, strict: true },
    });
    expect(config.key).toBeUndefined();
    expect(config.kafka.username).toBeUndefined();
    expect(config.mongo.uri.reveal()).toBe('mongodb://office:swordfish@127.0.0.1:7617/');
    expect(config.auth.localKey?.reveal()).toBe('opensesame');
  });

  it('lets a variable win over the default of a group', () => {
    expect(loadConfig(OfficeSettings, { ...valid, HTTP_PORT: '8080', KAFKA_CLIENT_ID: 'desk' })).toMatchObject({
      http: { port: 8080 },
      kafka: { clientId: 'desk' },
    });
  });

  it('gives the account of the broker as its client takes it, or none', () => {
    const account = { KAFKA_SASL_USERNAME: 'office', KAFKA_SASL_PASSWORD_FILE: fileWith('password', 'openbroker') };
    const { kafka } = loadConfig(OfficeSettings, { ...valid, ...account });
    expect(kafka.sasl).toEqual({ username: 'office', password: 'openbroker' });
    expect(JSON.stringify(kafka)).not.toContain('openbroker');
    expect(loadConfig(OfficeSettings, valid).kafka.sasl).toBeUndefined();
  });

  it('is frozen in depth', () => {
    const config = loadConfig(OfficeSettings, valid);
    for (const part of [config, config.http, config.kafka.brokers]) expect(Object.isFrozen(part)).toBe(true);
  });

  it('prints no secret', () => {
    const config = loadConfig(OfficeSettings, valid);
    for (const text of [JSON.stringify(config), inspect(config, { depth: 9, showHidden: true }), String(config.mongo.uri)]) {
      expect(text).not.toMatch(/swordfish|opensesame/);
    }
  });

  it('tells every problem at once', () => {
    expect(problemsOf({ HTTP_PORT: '65536', LOG_LEVEL: 'loud', LIMIT_FEW: '1e1', LIMIT_STRICT: 'yes' })).toEqual([
      'HTTP_PORT must be a whole number from 0 to 65535',
      'MONGO_URI is not set',
      'MONGO_DATABASE is not set',
      'KAFKA_BROKERS is not set',
      'AUTH_MODE is not set',
      'AUTH_ISSUER is not set',
      'AUTH_AUDIENCE is not set',
      'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent',
      'LIMIT_FEW must be a whole number from 1 to 100',
      'LIMIT_STRICT must be true or false',
    ]);
  });

  it.each([
    [{ HTTP_PORT: '' , MONGO_DATABASE: 'Office!' }, 'MONGO_DATABASE must match ^[a-z][a-z0-9_-]{0,37}$'],
    [{ KAFKA_BROKERS: '127.0.0.1' }, 'KAFKA_BROKERS must be a list like 127.0.0.1:7692,127.0.0.1:7693'],
    [{ KAFKA_BROKERS: ' , ' }, 'KAFKA_BROKERS must be a list like 127.0.0.1:7692,127.0.0.1:7693'],
    [{ LIMIT_PAUSE_MINUTES: '61' }, 'LIMIT_PAUSE_MINUTES must be a whole number, not negative, and as milliseconds of at most 3600000'],
    [{ LIMIT_PAUSE_MINUTES: '-1' }, 'LIMIT_PAUSE_MINUTES must be a whole number, not negative, and as milliseconds of at most 3600000'],
    [{ LIMIT_FEW: '11' }, 'LIMIT_FEW must not exceed LIMIT_MANY'],
    [{ AUTH_MODE: 'jwks' }, 'AUTH_JWKS_URL is not set, but AUTH_MODE is jwks'],
    [{ AUTH_MODE: 'jwks', AUTH_JWKS_URL: 'ftp://keys' }, 'AUTH_JWKS_URL must be a URL that starts with https:// or http://'],
    [{ AUTH_MODE: 'jwks', AUTH_JWKS_URL: 'https://keys' }, 'AUTH_LOCAL_KEY_FILE must not be set while AUTH_MODE is jwks'],
    [{ AUTH_JWKS_URL: 'https://keys' }, 'AUTH_JWKS_URL must not be set while AUTH_MODE is local'],
    [{ AUTH_LOCAL_KEY_FILE: '' }, 'AUTH_LOCAL_KEY_FILE is not set, but AUTH_MODE is local'],
    [{ KAFKA_SASL_USERNAME: 'office' }, 'KAFKA_SASL_PASSWORD_FILE is not set, but KAFKA_SASL_USERNAME is'],
    [{ OFFICE_KEY_FILE: join(folder, 'nothing-there') }, 'OFFICE_KEY_FILE must name a file that can be read and is not empty'],
    [{ OFFICE_KEY_FILE: fileWith('empty', ' \n') }, 'OFFICE_KEY_FILE must name a file that can be read and is not empty'],
    [{ OFFICE_KEY_FILE: folder }, 'OFFICE_KEY_FILE must name a file that can be read and is not empty'],
  ])('refuses %j', (changed, problem) => {
    expect(problemsOf({ ...valid, ...changed })).toContain(problem);
  });

  it('never repeats a value', () => {
    const names = ['HTTP_PORT', 'MONGO_DATABASE', 'KAFKA_BROKERS', 'AUTH_MODE', 'AUTH_JWKS_URL', 'LOG_LEVEL', 'LIMIT_FEW', 'OFFICE_KEY_FILE'];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.string({ minLength: 6 }), (name, noise) => {
        const value = `~${noise}~`;
        const problems = problemsOf({ ...valid, [name]: value });
        expect(problems.length).toBeGreaterThan(0);
        expect(problems.join()).not.toContain(value);
      }),
      { seed: 766, numRuns: 200 },
    );
  });
});
