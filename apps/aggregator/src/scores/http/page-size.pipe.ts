import type { PipeTransform } from '@nestjs/common';
import { RefusalException } from '@index766/platform-http';

const DEFAULT_PAGE = 100;
const LARGEST_PAGE = 1_000;

/** How a controller describes it to readers of its OpenAPI document. */
export const PAGE_QUERY = {
  name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: LARGEST_PAGE, default: DEFAULT_PAGE },
};

/** `?limit=100`: entries on a page. */
export class PageSizePipe implements PipeTransform<unknown, number> {
  transform(value: unknown): number {
    if (value === undefined) return DEFAULT_PAGE;
    // Of a parameter that is a number the framework has made one before any pipe sees it; of no number NaN.
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    const limit = /^\d{1,7}$/.test(text) ? Number(text) : 0;
    if (limit >= 1 && limit <= LARGEST_PAGE) return limit;
    throw new RefusalException({ code: 'REQUEST.INVALID', detail: `limit is a whole number from 1 to ${LARGEST_PAGE}`, path: 'limit' });
  }
}
