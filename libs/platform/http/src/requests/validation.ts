import { ValidationPipe, type ValidationError } from '@nestjs/common';
import type { ProblemPart } from '../problems/problem';
import { RefusalException } from '../problems/refusal.exception';

const MAX_PARTS = 50;
const MAX_PATH_LENGTH = 200;

/** Checks every DTO; unknown fields are refused, and so is what class-validator knows nothing about. */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    forbidUnknownValues: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) =>
      new RefusalException(
        { code: 'REQUEST.INVALID', detail: 'the request is not as documented; see errors' },
        partsOf(errors).slice(0, MAX_PARTS),
      ),
  });
}

/** One part for each broken constraint. A nested failure has no constraints of its own: its children have. */
export function partsOf(errors: readonly ValidationError[], parent = ''): readonly ProblemPart[] {
  return errors.flatMap(({ property, constraints, children }) => {
    const path = (parent === '' ? property : `${parent}.${property}`).slice(0, MAX_PATH_LENGTH);
    const own = Object.entries(constraints ?? {}).map(([rule, detail]) => ({ path, code: codeOf(rule), detail }));
    return [...own, ...partsOf(children ?? [], path)];
  });
}

/** `isInt` → `IS_INT` */
function codeOf(rule: string): string {
  return rule.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toUpperCase();
}
