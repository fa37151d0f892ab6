import { defineTopic } from '@index766/contracts-envelope';
import { componentDigitisedV1 } from './component-digitised/component-digitised.v1';
import { componentReusedV1 } from './component-reused/component-reused.v1';
import { componentTakenFromPersonalStoreV1 } from './component-taken-from-personal-store/component-taken-from-personal-store.v1';
import { electronicResultIssuedV1 } from './electronic-result-issued/electronic-result-issued.v1';
import { populationDataUsedV1 } from './population-data-used/population-data-used.v1';
import { resultArchivedV1 } from './result-archived/result-archived.v1';
import { resultLinkedToPersonalStoreV1 } from './result-linked-to-personal-store/result-linked-to-personal-store.v1';
import { resultSignedV1 } from './result-signed/result-signed.v1';

/** The contract in which each kind of fact about a dossier's papers is written today. */
export const documentFactContracts = {
  'component-digitised': componentDigitisedV1,
  'component-reused': componentReusedV1,
  'component-taken-from-personal-store': componentTakenFromPersonalStoreV1,
  'population-data-used': populationDataUsedV1,
  'electronic-result-issued': electronicResultIssuedV1,
  'result-signed': resultSignedV1,
  'result-archived': resultArchivedV1,
  'result-linked-to-personal-store': resultLinkedToPersonalStoreV1,
} as const;

export const documentTopic = defineTopic({
  name: 'digitization.public.document.v1',
  producer: 'digitization',
  visibility: 'public',
  keyedBy: 'dossier id',
  partitions: 'dossier',
  retention: 'forever',
  facts: Object.values(documentFactContracts),
});
