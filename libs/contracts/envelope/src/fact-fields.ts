import { z } from 'zod';

/** Where an instant comes from; absent means that the source stated it (architecture.md §2). */
export const timeBasis = z.literal('inferred').optional();

/** What a fact carries: its own fields and the two that every fact about a dossier may have. */
export function factFields<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object({
    ...shape,
    timeBasis,
    /** Set on bulk loads, which no integrity rule counts (lifecycle.md §6). */
    backfill: z.literal(true).optional(),
  });
}
