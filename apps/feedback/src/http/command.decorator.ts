import { HttpCode, Post, applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiOperation } from '@nestjs/swagger';
import type { RefusalCode } from '@index766/kernel';
import { Answers, RECORDED_AT_HEADER, Refuses, type AnswerSchema } from '@index766/platform-http';
import { FEEDBACK_ERROR_CODES } from '../error-codes';
import { COMMAND_ANSWER } from './answers';

/** The codes of this service that begin so. */
export function codesOf(...contexts: readonly ('RATING' | 'PETITION' | 'SURVEY' | 'FEEDBACK')[]): readonly RefusalCode[] {
  return (Object.keys(FEEDBACK_ERROR_CODES) as RefusalCode[]).filter((code) => contexts.some((context) => code.startsWith(`${context}.`)));
}

const CIRCUMSTANCES: readonly RefusalCode[] = [
  'REQUEST.MISSING_IDEMPOTENCY_KEY', 'IDEMPOTENCY.KEY_REUSED', 'RECORDED_AT.NOT_ALLOWED', 'RECORDED_AT.IN_FUTURE', 'AUTH.UNIT_OUT_OF_SCOPE',
  'AGGREGATE.CONTENDED', 'OUTBOX.FULL',
];

/** A command under `POST …/{name}`, given once under its Idempotency-Key. */
export function Command(name: string, summary: string, refusals: readonly RefusalCode[], answers: AnswerSchema = COMMAND_ANSWER): MethodDecorator {
  return applyDecorators(
    Post(name),
    HttpCode(200),
    Answers(answers),
    Refuses(...refusals, ...CIRCUMSTANCES),
    ApiOperation({ summary }),
    ApiHeader({ name: 'Idempotency-Key', required: true }),
    ApiHeader({ name: RECORDED_AT_HEADER, required: false, description: 'Role replay: when it was recorded.' }),
  );
}
