import {
  BadRequestException, ForbiddenException, InternalServerErrorException, NotFoundException, PayloadTooLargeException,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import { refusalOfForeignError } from './foreign-error';
import { ProblemCatalog } from './problem';
import { RefusalException, orRefuse } from './refusal.exception';

const catalog = new ProblemCatalog([
  { 'LETTER.ALREADY_ANSWERED': { status: 409, meaning: 'The letter has an answer.' } },
  { 'LETTER.UNKNOWN': { status: 404, meaning: 'There is no such letter.' } },
]);

describe('problem details', () => {
  test('have status and title by the code, and our detail', () => {
    expect(catalog.problemOf({ code: 'LETTER.ALREADY_ANSWERED', detail: 'answered on 2026-10-05' })).toEqual({
      type: 'urn:index766:error:LETTER.ALREADY_ANSWERED',
      title: 'The letter has an answer.',
      status: 409,
      code: 'LETTER.ALREADY_ANSWERED',
      detail: 'answered on 2026-10-05',
    });
  });

  test('name the field that is wrong', () => {
    expect(catalog.problemOf({ code: 'LETTER.UNKNOWN', detail: 'no such letter', path: 'letter' }).errors).toEqual([
      { path: 'letter', code: 'LETTER.UNKNOWN', detail: 'no such letter' },
    ]);
  });

  test('of a code that no list mentions are 422', () => {
    expect(catalog.problemOf({ code: 'LETTER.BURNT', detail: 'x' })).toMatchObject({ status: 422, code: 'LETTER.BURNT' });
    expect([catalog.lists('LETTER.BURNT'), catalog.lists('LETTER.UNKNOWN'), catalog.lists('constructor')]).toEqual([false, true, false]);
  });
});

describe('a result at the edge', () => {
  test('gives its value, or throws its refusal', () => {
    expect(orRefuse({ ok: true, value: 7 })).toBe(7);
    const refusal = { code: 'LETTER.UNKNOWN', detail: 'no such letter' } as const;
    expect(() => orRefuse({ ok: false, error: refusal })).toThrow(new RefusalException(refusal));
  });
});

describe('exceptions of Nest', () => {
  test.each<[string, unknown, string | undefined]>([
    ['one of ours', new ForbiddenException({ code: 'AUTH.MISSING_ROLE', detail: 'd' }), 'AUTH.MISSING_ROLE'],
    ['one that only looks like ours', new ForbiddenException({ code: 'nope', detail: 'd' }), 'REQUEST.INVALID'],
    ['an unknown route', new NotFoundException('Cannot GET /MARKER'), 'ROUTE.NOT_FOUND'],
    ['a request that is too large', new PayloadTooLargeException('MARKER'), 'REQUEST.TOO_LARGE'],
    ['a type that is not supported', new UnsupportedMediaTypeException('MARKER'), 'REQUEST.UNSUPPORTED_MEDIA_TYPE'],
    ['another mistake of the caller', new BadRequestException('MARKER'), 'REQUEST.INVALID'],
    ['a failure inside', new InternalServerErrorException('MARKER'), undefined],
    ['a bug', new TypeError('MARKER'), undefined],
    ['no error', 'MARKER', undefined],
  ])('%s', (_name, error, code) => {
    const refusal = refusalOfForeignError(error);
    expect(refusal?.code).toBe(code);
    expect(JSON.stringify(refusal ?? null)).not.toContain('MARKER');
  });
});
