import type { IntegrityFlagReviewed } from './integrity-flag-reviewed/integrity-flag-reviewed.v1';

/**
 * Key of the decisions about what the portal published for a unit and period. Each kind of decision has keys of its own, so
 * that a sequence is one history. None of the parts has an `@` in it.
 */
export function portalFiguresKey({ unit, period }: { readonly unit: string; readonly period: string }): string {
  return `portal-figures@${unit}@${period}`;
}

/** Key of the objections of one officer and the decisions on them: an objection is named by its sequence. */
export function objectionKey(officer: string): string {
  return `${OBJECTION_KEYS}${officer}`;
}

/** What the keys of all objections begin with. */
export const OBJECTION_KEYS = 'objection@';

/** Key of the reviews of changes of one dossier: the dossier alone, so that the ledger finds them with its facts. */
export function reviewKey(dossier: string): string {
  return dossier;
}

/** Key of the reviews of a flag that is about no single fact: of many corrections of a unit in a week, or of one dossier that was made again. */
export function flagReviewKey({ flag, unit, week, dossier }: Pick<IntegrityFlagReviewed, 'flag' | 'unit' | 'week' | 'dossier'>): string {
  return `${FLAG_REVIEW_KEYS}${flag}@${dossier ?? `${unit}@${week}`}`;
}

/** What the keys of all reviews of such flags begin with. */
export const FLAG_REVIEW_KEYS = 'integrity-flag@';

/** Key of the decisions about the editions of a province and period: published, retracted, exclusions waived. */
export function editionsKey({ province, period }: { readonly province: string; readonly period: string }): string {
  return `${editionsKeysOf(province)}${period}`;
}

/** What the keys of all periods of a province begin with. */
export function editionsKeysOf(province: string): string {
  return `${EDITIONS_KEYS}${province}@`;
}

/** What the keys of all editions begin with. */
export const EDITIONS_KEYS = 'editions@';
