import { inTrace, keepTraceOverAwaits } from '../trace/trace-context';
import { createServiceLog, type LogLevel } from './logger';
import { NestLogger } from './nest-logger';

type Line = Readonly<Record<string, unknown>>;

function logInto(level: LogLevel = 'info') {
  const lines: Line[] = [];
  const log = createServiceLog({
    service: 'desk', level, destination: { write: (line) => void lines.push(JSON.parse(line) as Line) },
  });
  return { ...log, lines };
}

test('a line has level, time, service, fields and text', () => {
  const { logger, lines } = logInto();
  logger.info({ partition: 3 }, 'lane resumed');
  expect(lines).toEqual([
    { level: 'info', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/), service: 'desk', partition: 3, msg: 'lane resumed' },
  ]);
});

test('the level can be changed while it runs, for children made before too', () => {
  const { logger, lines, setLevel, level } = logInto('info');
  const child = logger.child({ context: 'Relay' });
  child.debug('before');
  setLevel('debug');
  child.debug('between');
  setLevel('silent');
  logger.fatal('after');
  expect(lines.map(({ msg }) => msg)).toEqual(['between']);
  expect(level()).toBe('silent');
});

test('an error shows type, message, code, places and causes, and nothing else that hangs on it', () => {
  const { logger, lines } = logInto();
  const cause = Object.assign(new RangeError('too far'), { document: { ChuHoSo: 'MARKER' } });
  const error = Object.assign(new Error('write failed', { cause }), { code: 11000, retriable: true, writeErrors: ['MARKER'] });
  logger.error({ err: error }, 'save failed');
  expect(lines[0]?.['err']).toEqual({
    type: 'Error', message: 'write failed', code: 11000, retriable: true, stack: expect.stringContaining('    at '),
    cause: { type: 'RangeError', message: 'too far', stack: expect.stringContaining('    at ') },
  });
  expect(JSON.stringify(lines)).not.toContain('MARKER');
});

test('something else that was thrown is not shown', () => {
  const { logger, lines } = logInto();
  logger.error({ err: { secret: 'MARKER' } }, 'odd');
  expect(lines[0]?.['err']).toEqual({ type: 'object', message: 'something that is no Error was thrown' });
});

test('a chain of causes ends', () => {
  const { logger, lines } = logInto();
  const error = new Error('ring');
  error.cause = error;
  logger.error({ err: error }, 'odd');
  expect(JSON.stringify(lines[0]).split('"cause"').length - 1).toBe(5);
});

test.each([
  { authorization: 'MARKER' },
  { headers: { authorization: 'MARKER', cookie: 'MARKER' } },
  { request: { headers: { authorization: 'MARKER' } } },
  { body: { any: 'MARKER' } },
  { dossier: { ChuHoSo: 'MARKER', TrichYeuHoSo: 'MARKER' } },
  { push: { dossier: { SoDienThoai: 'MARKER' } } },
])('credentials and personal fields are redacted: %j', (fields) => {
  const { logger, lines } = logInto();
  logger.warn(fields, 'a mistake in the code');
  expect(JSON.stringify(lines)).toContain('[redacted]');
  expect(JSON.stringify(lines)).not.toContain('MARKER');
});

test('a line inside a trace carries its id', () => {
  keepTraceOverAwaits();
  const { logger, lines } = logInto();
  inTrace('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', () => logger.info('inside'));
  logger.info('outside');
  expect(lines.map(({ traceId }) => traceId)).toEqual(['0af7651916cd43dd8448eb211c80319c', undefined]);
});

describe('what Nest itself logs', () => {
  test('goes to the same lines, with its context as a field', () => {
    const { logger, lines } = logInto('trace');
    const nest = new NestLogger(logger);
    nest.log('Mapped {/v1, GET} route', 'RouterExplorer');
    nest.verbose('detail', 'X');
    nest.warn('careful');
    expect(lines.map(({ level, msg, context }) => [level, msg, context])).toEqual([
      ['info', 'Mapped {/v1, GET} route', 'RouterExplorer'], ['trace', 'detail', 'X'], ['warn', 'careful', undefined],
    ]);
  });

  test('an error keeps its stack, however Nest passes it', () => {
    const { logger, lines } = logInto();
    const nest = new NestLogger(logger);
    nest.error(new Error('boom'), 'ExceptionsHandler');
    nest.error('boom', 'Error: boom\n    at somewhere', 'ExceptionsHandler');
    nest.fatal('end', new Error('cause'));
    expect(lines).toMatchObject([
      { level: 'error', msg: 'boom', context: 'ExceptionsHandler', err: { type: 'Error', message: 'boom' } },
      { level: 'error', msg: 'boom', context: 'ExceptionsHandler', stack: 'Error: boom\n    at somewhere' },
      { level: 'fatal', msg: 'end', err: { message: 'cause' } },
    ]);
  });
});
