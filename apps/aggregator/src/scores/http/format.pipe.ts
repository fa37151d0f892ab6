import type { PipeTransform } from '@nestjs/common';
import { RefusalException } from '@index766/platform-http';

export type Format = 'json' | 'csv';

/** How a controller describes it to readers of its OpenAPI document. */
export const FORMAT_QUERY = { name: 'format', required: false, enum: ['json', 'csv'] };

/** `?format=csv`; JSON if nothing is said. */
export class FormatPipe implements PipeTransform<unknown, Format> {
  transform(value: unknown): Format {
    if (value === undefined || value === 'json') return 'json';
    if (value === 'csv') return 'csv';
    throw new RefusalException({ code: 'REQUEST.INVALID', detail: 'format is json or csv', path: 'format' });
  }
}
