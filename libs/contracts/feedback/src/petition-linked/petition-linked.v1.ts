import { defineFact, factFields, wirePetitionId } from '@index766/contracts-envelope';
import example from './petition-linked.v1.example.json';

/** A petition is about this dossier. */
export const petitionLinkedV1 = defineFact({
  type: 'feedback.petition-linked.v1',
  schema: factFields({
    petition: wirePetitionId,
  }),
  example,
});
