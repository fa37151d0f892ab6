import { wireDossierId, wirePetitionId } from '@index766/contracts-envelope';
import { z } from 'zod';

/** Names a rating inside its dossier: `1`, `2` … A dossier has a second one only after the first was withdrawn. */
export const ratingId = z.string().regex(/^[1-9]\d{0,5}$/);

/** What a citizen says of a dossier: 1 (worst) to 5 (best), or like / dislike. */
export const verdict = z.union([z.int().min(1).max(5), z.enum(['like', 'dislike'])]);

/** About rules and procedures, about officers' conduct, or neither (lifecycle.md §7). */
export const petitionClass = z.enum(['rules', 'conduct', 'other']);

/** The earlier petition whose answer it is about, the dossier that it is about, or both. */
export const petitionAbout = z.object({
  petition: wirePetitionId.optional(),
  dossier: wireDossierId.optional(),
});
