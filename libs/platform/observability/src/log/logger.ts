import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { activeTraceparent } from '../trace/trace-context';
import { errorFields } from './error-fields';
import { REDACTED, REDACTED_PATHS } from './redaction';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Writes fields, then a text without values in it: `log.warn({ partition, err }, 'lane paused')`. */
export type Logger = PinoLogger;

export interface LoggerOptions {
  readonly service: string;
  readonly level: LogLevel;
  /** Standard output if absent. */
  readonly destination?: DestinationStream;
}

/** The logger of a service, and the switch for its level, which holds for all children at once. */
export interface ServiceLog {
  /** Its name, on every line. */
  readonly service: string;
  readonly logger: Logger;
  readonly level: () => LogLevel;
  readonly setLevel: (level: LogLevel) => void;
}

/** One JSON object per line; errors under `err`, time as ISO text. */
export function createServiceLog({ service, level, destination }: LoggerOptions): ServiceLog {
  let current = level;
  let threshold = severityOf(level);
  const logger = pino(
    {
      // Children keep the level they were made with, so the level is judged per line and pino lets everything through.
      level: 'trace',
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: errorFields },
      redact: { paths: [...REDACTED_PATHS], censor: REDACTED },
      mixin: traceFields,
      hooks: {
        logMethod(args, method, severity) {
          if (severity >= threshold) method.apply(this, args);
        },
      },
    },
    destination ?? pino.destination({ fd: 1, sync: true }),
  );
  // Who prepares more than a line asks first; children inherit the answer.
  logger.isLevelEnabled = (asked) => severityOf(asked) >= threshold;
  return {
    service,
    logger,
    level: () => current,
    setLevel(next) {
      current = next;
      threshold = severityOf(next);
    },
  };
}

export function isLogLevel(text: unknown): text is LogLevel {
  return (LOG_LEVELS as readonly unknown[]).includes(text);
}

function severityOf(level: string): number {
  return level === 'silent' ? Number.POSITIVE_INFINITY : (pino.levels.values[level] ?? Number.POSITIVE_INFINITY);
}

function traceFields(): object {
  const traceparent = activeTraceparent();
  return traceparent === undefined ? {} : { traceId: traceparent.split('-')[1] };
}
