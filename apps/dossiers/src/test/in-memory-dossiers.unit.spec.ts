import { DOSSIERS_CONTRACT } from './dossiers.contract';
import { InMemoryDossiers } from './in-memory-dossiers';

describe('a store of dossiers without a database', () => {
  it.each(DOSSIERS_CONTRACT)('%s', (_rule, thenIt) => thenIt(new InMemoryDossiers()));
});
