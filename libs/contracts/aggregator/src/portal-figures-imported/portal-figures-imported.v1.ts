import { defineFact, wireCode, wireInstant, wireUnitCode } from '@index766/contracts-envelope';
import { parsePeriod } from '@index766/kernel';
import { z } from 'zod';

import example from './portal-figures-imported.v1.example.json';

/** Points as printed, a text, so that no digit is lost: `15.68`. */
const printedPoints = z.string().regex(/^\d{1,3}(\.\d{1,9})?$/);

/** An address without user, query and fragment: no place for a token or a name. */
const pageAddress = z.string().max(200).regex(/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?(\/[A-Za-z0-9._~/-]*)?$/);

/**
 * What the portal published for a unit and period was imported. Of one key the latest counts; an earlier one is what was
 * published, or read, before. A figure without a field was published without it, which is not 0.
 */
export const portalFiguresImportedV1 = defineFact({
  type: 'aggregator.portal-figures-imported.v1',
  schema: z.object({
    unit: wireUnitCode,
    /** A name of index-766.md §1: `2026-10`. */
    period: z.string().min(4).max(22).refine((name) => parsePeriod(name).ok),
    /** The definition whose indicators and groups are named. */
    definition: wireCode,
    /** Number of the document, or address of the page, and when it was read. */
    source: z.object({ document: wireCode.optional(), address: pageAddress.optional(), readAt: wireInstant }),
    /** The subject of the token, a code. */
    importedBy: wireCode,
    /** In the order of the definition, each at most once. */
    figures: z.array(z.object({
      indicator: wireCode,
      numerator: z.int().min(0).optional(),
      denominator: z.int().min(0).optional(),
      /** Share of 1 as printed: `0.784`. */
      ratio: z.string().regex(/^[01](\.\d{1,9})?$/).optional(),
      points: printedPoints.optional(),
    })).max(100),
    groups: z.array(z.object({ group: wireCode, points: printedPoints })).max(20),
    total: printedPoints.optional(),
  }),
  example,
});

export type PortalFiguresImported = z.output<typeof portalFiguresImportedV1.schema>;
