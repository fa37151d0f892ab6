import { ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import type { ProblemPart } from '../problems/problem';
import { RefusalException } from '../problems/refusal.exception';

const MAX_PARTS = 50;
const MAX_PATH_LENGTH = 200;

/** A missing body is no body without fields: a command that says nothing is refused. */
class RequestValidationPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (value === undefined && metadata.type === 'body' && this.toValidate(metadata)) {
      throw new RefusalException({ code: 'REQUEST.INVALID', detail: 'a JSON body is expected' });
    }
    return await super.transform(value, metadata);
  }
}

/** Checks every DTO; unknown fields are refused, and so is what class-validator knows nothing about. */
export function createValidationPipe(): ValidationPipe {
  return new RequestValidationPipe({
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
