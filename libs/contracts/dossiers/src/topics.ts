import { defineTopic } from '@index766/contracts-envelope';
import { dossierCorrectedV1 } from './dossier-corrected/dossier-corrected.v1';
import { dossierFinishedV1 } from './dossier-finished/dossier-finished.v1';
import { dossierReceivedV1 } from './dossier-received/dossier-received.v1';
import { dossierRefusedV1 } from './dossier-refused/dossier-refused.v1';
import { dossierRegisteredV1 } from './dossier-registered/dossier-registered.v1';
import { dossierReopenedV1 } from './dossier-reopened/dossier-reopened.v1';
import { dossierStoppedV1 } from './dossier-stopped/dossier-stopped.v1';
import { dossierTransferredV1 } from './dossier-transferred/dossier-transferred.v1';
import { dossierVoidedV1 } from './dossier-voided/dossier-voided.v1';
import { dossierWithdrawnV1 } from './dossier-withdrawn/dossier-withdrawn.v1';
import { dueDateExtendedV1 } from './due-date-extended/due-date-extended.v1';
import { dueDateSetV1 } from './due-date-set/due-date-set.v1';
import { financialObligationFulfilledV1 } from './financial-obligation-fulfilled/financial-obligation-fulfilled.v1';
import { financialObligationRequestedV1 } from './financial-obligation-requested/financial-obligation-requested.v1';
import { officerSeenV1 } from './officer-seen/officer-seen.v1';
import { resultReturnedV1 } from './result-returned/result-returned.v1';
import { snapshotAcceptedV1 } from './snapshot-accepted/snapshot-accepted.v1';
import { sourceCompleteV1 } from './source-complete/source-complete.v1';
import { sourceHeardV1 } from './source-heard/source-heard.v1';
import { statementNotFollowedV1 } from './statement-not-followed/statement-not-followed.v1';
import { stepAssignedV1 } from './step-assigned/step-assigned.v1';
import { stepCompletedV1 } from './step-completed/step-completed.v1';
import { supplementCompletedV1 } from './supplement-completed/supplement-completed.v1';
import { supplementRequestedV1 } from './supplement-requested/supplement-requested.v1';

/** The contract in which each kind of fact of a dossier's life is written today. */
export const dossierFactContracts = {
  'dossier-registered': dossierRegisteredV1,
  'dossier-received': dossierReceivedV1,
  'dossier-refused': dossierRefusedV1,
  'step-assigned': stepAssignedV1,
  'step-completed': stepCompletedV1,
  'supplement-requested': supplementRequestedV1,
  'supplement-completed': supplementCompletedV1,
  'due-date-extended': dueDateExtendedV1,
  'dossier-transferred': dossierTransferredV1,
  'dossier-withdrawn': dossierWithdrawnV1,
  'dossier-stopped': dossierStoppedV1,
  'dossier-finished': dossierFinishedV1,
  'result-returned': resultReturnedV1,
  'dossier-reopened': dossierReopenedV1,
  'financial-obligation-requested': financialObligationRequestedV1,
  'financial-obligation-fulfilled': financialObligationFulfilledV1,
  'due-date-set': dueDateSetV1,
  'dossier-corrected': dossierCorrectedV1,
  'dossier-voided': dossierVoidedV1,
  'statement-not-followed': statementNotFollowedV1,
} as const;

export const dossierTopic = defineTopic({
  name: 'dossiers.public.dossier.v1',
  producer: 'dossiers',
  visibility: 'public',
  keyedBy: 'dossier id',
  partitions: 'dossier',
  retention: 'forever',
  facts: Object.values(dossierFactContracts),
});

/** Kept without limit, so that a service that comes later finds every push from the beginning. */
export const intakeTopic = defineTopic({
  name: 'dossiers.internal.intake.v1',
  producer: 'dossiers',
  visibility: 'internal',
  keyedBy: 'dossier id',
  partitions: 'dossier',
  retention: 'forever',
  facts: [snapshotAcceptedV1],
});

/** What sources say of themselves: how far they have pushed, and that they do. */
export const sourceTopic = defineTopic({
  name: 'dossiers.public.source.v1',
  producer: 'dossiers',
  visibility: 'public',
  keyedBy: 'source',
  partitions: 'dossier',
  retention: 'forever',
  facts: [sourceHeardV1, sourceCompleteV1],
});

/** Names of officers, for catalog alone. */
export const officerSeenTopic = defineTopic({
  name: 'dossiers.restricted.officer-seen.v1',
  producer: 'dossiers',
  visibility: 'restricted',
  keyedBy: 'officer pseudonym',
  partitions: 'dossier',
  retention: 'forever',
  facts: [officerSeenV1],
});
