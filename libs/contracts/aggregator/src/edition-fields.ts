import { wireCode, wireUnitCode } from '@index766/contracts-envelope';
import { parsePeriod } from '@index766/kernel';
import { z } from 'zod';

/** A name of index-766.md §1: `2026-W47`. */
export const wirePeriod = z.string().min(4).max(22).refine((name) => parsePeriod(name).ok);
/** SHA-256 as hexadecimal digits. */
export const wireSha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const editionNumber = z.int().min(1).max(9_999);

/** What every record about editions of a province and period has. */
export const editionSeries = { province: wireUnitCode, period: wirePeriod };

/** Why something is published although it is not whole, or taken back: codes, for no sentence stands on a topic. */
export const WAIVER_REASONS = ['source-closed', 'source-has-nothing', 'producer-down', 'lost-for-good', 'ordered'] as const;
export const RETRACTION_REASONS = ['wrong-facts', 'wrong-catalog', 'wrong-computation', 'published-by-mistake', 'ordered'] as const;

/** Number of the document that orders or explains it. */
export const reasonDocument = wireCode.optional();

/** Most characters of one part: with every character of the longest form its record stays below 64 kB. */
export const MOST_CHARACTERS_PER_PART = 12_000;

/** A document on a topic, cut into as many parts as it takes. */
export const documentPart = {
  /** Of the whole document. */
  sha256: wireSha256,
  part: z.int().min(1),
  parts: z.int().min(1),
  text: z.string().min(1).max(MOST_CHARACTERS_PER_PART),
};
