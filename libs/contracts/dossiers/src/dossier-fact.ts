import { factFields } from '@index766/contracts-envelope';
import { z } from 'zod';

/** How a dossier came in, and how a result went out. */
export const channel = z.enum(['in-person', 'online', 'postal']);

/** Who pushed: the name of a source system, never of a person. */
export const sourceName = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._:@/-]{0,127}$/u);

/** Id of a step or a supplement inside its dossier. No white space, so that no sentence fits in. */
export const partId = z.string().regex(/^\S{1,200}$/u);

export const divisionName = z.string().min(1).max(200);

export { factFields as dossierFact };
