import { DOCUMENTS_CONTRACT } from './documents.contract';
import { InMemoryDocuments } from './in-memory-documents';

describe('a store of papers without a database', () => {
  it.each(DOCUMENTS_CONTRACT)('%s', (_rule, thenIt) => thenIt(new InMemoryDocuments()));
});
