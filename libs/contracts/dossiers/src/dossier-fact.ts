import { z } from 'zod';

/** How a dossier came in, and how a result went out. */
export const channel = z.enum(['in-person', 'online', 'postal']);

/** Who pushed: the name of a source system, never of a person. */
export const sourceName = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._:@/-]{0,127}$/u);

/** Id of a step or a supplement inside its dossier. No white space, so that no sentence fits in. */
export const partId = z.string().regex(/^\S{1,200}$/u);

export const divisionName = z.string().min(1).max(200);

/** Where an instant comes from; absent means that the source stated it (architecture.md §2). */
export const timeBasis = z.literal('inferred').optional();

/** The data of a fact of a dossier's life: its own fields and the two that every one of them may have. */
export function dossierFact<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object({
    ...shape,
    timeBasis,
    /** Set on bulk loads, which no integrity rule counts (lifecycle.md §6). */
    backfill: z.literal(true).optional(),
  });
}
