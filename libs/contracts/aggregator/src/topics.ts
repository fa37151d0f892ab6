import { defineTopic } from '@index766/contracts-envelope';
import { dossierDueSoonV1 } from './dossier-due-soon/dossier-due-soon.v1';
import { dossierOverdueV1 } from './dossier-overdue/dossier-overdue.v1';
import { dossierOverdueClearedV1 } from './dossier-overdue-cleared/dossier-overdue-cleared.v1';
import { latenessObjectedV1 } from './lateness-objected/lateness-objected.v1';
import { objectionDecidedV1 } from './objection-decided/objection-decided.v1';
import { integrityChangeReviewedV1 } from './integrity-change-reviewed/integrity-change-reviewed.v1';
import { integrityFlagReviewedV1 } from './integrity-flag-reviewed/integrity-flag-reviewed.v1';
import { editionDocumentV1 } from './edition-document/edition-document.v1';
import { editionIssuedV1 } from './edition-issued/edition-issued.v1';
import { editionPublishedV1 } from './edition-published/edition-published.v1';
import { editionRetractedV1 } from './edition-retracted/edition-retracted.v1';
import { exclusionWaivedV1 } from './exclusion-waived/exclusion-waived.v1';
import { lateOfficerListV1 } from './late-officer-list/late-officer-list.v1';
import { portalFiguresImportedV1 } from './portal-figures-imported/portal-figures-imported.v1';
import { unitScoredV1 } from './unit-scored/unit-scored.v1';
import { unitsTouchedV1 } from './units-touched/units-touched.v1';

/** Distributes the merging of units over the members of the aggregator. */
export const markTopic = defineTopic({
  name: 'aggregator.internal.mark.v1',
  producer: 'aggregator',
  visibility: 'internal',
  keyedBy: 'root unit: a province, a ministry or the country',
  partitions: 'dossier',
  retention: 'day',
  facts: [unitsTouchedV1],
});

/**
 * Decisions that are taken about what is computed. Some are about a dossier and are keyed by it alone, so the topic has as
 * many partitions as the topics of dossiers.
 */
export const decisionTopic = defineTopic({
  name: 'aggregator.public.decision.v1',
  producer: 'aggregator',
  visibility: 'public',
  keyedBy: 'what it decides about: portal-figures, @, unit, @ and period; or objection, @ and officer; or editions, @, province, @ and period; or integrity-flag, @ and flag, @ and dossier or unit and week; or a dossier',
  partitions: 'dossier',
  retention: 'forever',
  facts: [portalFiguresImportedV1, latenessObjectedV1, objectionDecidedV1, integrityChangeReviewedV1, integrityFlagReviewedV1, editionPublishedV1, editionRetractedV1, exclusionWaivedV1],
});

/**
 * Which open dossiers are due soon or overdue, told when it comes to be so. Each follows from the facts of the dossier and the
 * clock; it is told once, whatever is rebuilt.
 */
export const latenessTopic = defineTopic({
  name: 'aggregator.public.lateness.v1',
  producer: 'aggregator',
  visibility: 'public',
  keyedBy: 'dossier id',
  partitions: 'dossier',
  retention: 'forever',
  facts: [dossierDueSoonV1, dossierOverdueV1, dossierOverdueClearedV1],
});

/** The index as it stands: the last record of a unit and period is the state, so the topic may forget the ones before. */
export const unitScoreLatestTopic = defineTopic({
  name: 'aggregator.public.unit-score-latest.v1',
  producer: 'aggregator',
  visibility: 'public',
  keyedBy: 'unit, @ and period',
  partitions: 'dossier',
  retention: 'compacted',
  facts: [unitScoredV1],
});

/** What was published, edition by edition: of each key first what it is, then its documents. The same records may come again. */
export const editionTopic = defineTopic({
  name: 'aggregator.public.edition.v1',
  producer: 'aggregator',
  visibility: 'public',
  keyedBy: 'province, @, period, @ and number',
  partitions: 'reference',
  retention: 'forever',
  facts: [editionIssuedV1, editionDocumentV1],
});

/** The lists of late officers of every edition, by pseudonym. */
export const lateOfficersTopic = defineTopic({
  name: 'aggregator.public.late-officers.v1',
  producer: 'aggregator',
  visibility: 'public',
  keyedBy: 'province, @, period, @ and number',
  partitions: 'reference',
  retention: 'forever',
  facts: [lateOfficerListV1],
});
