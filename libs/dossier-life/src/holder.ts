import type { Instant, UnitCode } from '@index766/kernel';

import { evaluationEnd, type Span } from './evaluation';
import type { DossierView } from './view';

/** The unit that holds a dossier in a figure of a period at T (index-766.md §2); null: it is not known yet then. */
export function holderIn(view: DossierView, period: Span, at: Instant): UnitCode | null {
  return holderBefore(view, evaluationEnd(period, at));
}

/** The unit that holds a dossier at an instant; a transfer at that very instant has happened. */
export function holderAt(view: DossierView, at: Instant): UnitCode | null {
  return holderBefore(view, (at + 1) as Instant);
}

/** The unit that received it: "received" counts for this one, whoever holds it now. */
export function receivingUnit(view: DossierView): UnitCode | null {
  return view.receivedAt === null ? null : (view.holders[0]?.unit ?? null);
}

export function holderBefore({ holders }: Pick<DossierView, 'holders'>, until: Instant): UnitCode | null {
  for (let index = holders.length - 1; index >= 0; index -= 1) {
    const holder = holders[index];
    if (holder !== undefined && holder.from < until) return holder.unit;
  }
  return null;
}
