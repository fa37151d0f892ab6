import { holderIn, type DossierView } from '@index766/dossier-life';
import type { CaseView } from '@index766/index-766';
import type { Period } from '@index766/kernel';

import { integrityReaches } from '../integrity';

/** A petition has none. */
export function dossierOf(view: unknown): DossierView | undefined {
  return (view as Partial<CaseView> | undefined)?.dossier;
}

/** Its steps: they count for the officers who handled it, whether it is late or not. */
export function handledIn(view: unknown, period: Period): unknown {
  const dossier = dossierOf(view);
  if (dossier?.receivedAt === undefined || dossier.receivedAt === null || dossier.receivedAt >= period.end) return null;
  return dossier.steps.filter(({ from }) => from < period.end)
    .map(({ officer, from, to, deadline }) => [officer, from, to !== null && to < period.end ? to : null, deadline]);
}

/** What integrity rules flag of it, and what they compare with other dossiers. */
export function flaggedOf(view: unknown, period: Period): unknown {
  const dossier = dossierOf(view);
  if (dossier === undefined || !integrityReaches(dossier, period)) return null;
  const { flags, voidRecordedAt, recordedFrom } = dossier;
  const ofPeriod = flags.filter(({ recordedAt }) => recordedAt >= period.start && recordedAt < period.end);
  const comparedBy = [voidRecordedAt, recordedFrom].map((instant) => (instant !== null && instant < period.end ? instant : null));
  return [ofPeriod, ofPeriod.length === 0 ? null : holderIn(dossier, period, period.end), comparedBy];
}
