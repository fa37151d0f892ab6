import type { DossierView, OfficerKnowledge, Step } from '@index766/dossier-life';
import { endOfDay, startOfDay, type OfficerPseudonym } from '@index766/kernel';

import type { Reference } from '../reference';

type Officers = Pick<Reference, 'officer'>;

/** What the catalog knows of officers, now or as it was known at K (ADR 0186). */
export function knowledgeBy(officers: Officers): OfficerKnowledge {
  return {
    absencesOf: (officer) => (officers.officer(officer)?.absences ?? [])
      .map(({ firstDay, lastDay }) => ({ from: startOfDay(firstDay), to: endOfDay(lastDay) })),
    isAmbiguous: (officer) => officers.officer(officer)?.ambiguous ?? false,
  };
}

/** The pseudonym under which all that an officer did counts. */
export function standsFor(officers: Officers, officer: OfficerPseudonym): OfficerPseudonym {
  return officers.officer(officer)?.mergedInto ?? officer;
}

/** One person under two pseudonyms counts once: under the one that stands for both. */
export function* withMergedOfficers(officers: Officers, views: Iterable<DossierView>): Iterable<DossierView> {
  const stands = ({ officer }: Step) => (officer === null ? null : standsFor(officers, officer));
  for (const view of views) {
    const isMerged = view.steps.some((step) => stands(step) !== step.officer);
    yield isMerged ? { ...view, steps: view.steps.map((step) => ({ ...step, officer: stands(step) })) } : view;
  }
}
