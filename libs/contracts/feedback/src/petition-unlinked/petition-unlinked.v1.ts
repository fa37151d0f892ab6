import { defineFact, factFields, wirePetitionId } from '@index766/contracts-envelope';
import example from './petition-unlinked.v1.example.json';

/** A petition turned out not to be about this dossier. */
export const petitionUnlinkedV1 = defineFact({
  type: 'feedback.petition-unlinked.v1',
  schema: factFields({
    petition: wirePetitionId,
  }),
  example,
});
