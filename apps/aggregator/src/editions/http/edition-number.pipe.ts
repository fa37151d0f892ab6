import type { PipeTransform } from '@nestjs/common';
import { RefusalException } from '@index766/platform-http';

const NUMBER = /^[1-9]\d{0,3}$/;

/** The number of an edition in a path: 1, 2, 3 … */
export class EditionNumberPipe implements PipeTransform<unknown, number> {
  transform(value: unknown): number {
    // The check of all parameters before it may have made a number of it.
    if ((typeof value === 'string' || typeof value === 'number') && NUMBER.test(String(value))) return Number(value);
    throw new RefusalException({ code: 'REQUEST.INVALID', detail: 'an edition has a number from 1 to 9999', path: 'number' });
  }
}
