import { defineFact, factFields, wireCode } from '@index766/contracts-envelope';
import example from './electronic-result-issued.v1.example.json';

/** The dossier has a result as an electronic document. */
export const electronicResultIssuedV1 = defineFact({
  type: 'digitization.electronic-result-issued.v1',
  schema: factFields({
    /** MaGiayToKetQua, else GiayToId: names the result inside its dossier; absent: the source does not name it. */
    result: wireCode.optional(),
  }),
  example,
});
