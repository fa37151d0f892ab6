import type { logCreator } from 'kafkajs';
import type { KafkaLogger } from './kafka-logger';
import { mapLogEntry } from './log-entry';
import { LogLimit } from './log-limit';

const REPEAT_INTERVAL_MS = 10_000;

/** Sends what kafkajs says to the service's log: routine errors as warnings, repetitions counted instead of printed. */
export function createLogCreator(logger: KafkaLogger, now: () => number = Date.now): logCreator {
  const limit = new LogLimit(REPEAT_INTERVAL_MS);
  return () => (entry) => {
    const { level, message, fields, kind } = mapLogEntry(entry);
    const heldBack = level === 'debug' || level === 'info' ? 0 : limit.admit(kind, now());
    if (heldBack === undefined) return;
    logger[level](heldBack === 0 ? fields : { ...fields, heldBack }, message);
  };
}
