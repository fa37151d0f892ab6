import { InMemoryPayments } from './in-memory-payments';
import { PAYMENTS_CONTRACT } from './payments.contract';

describe('a store of money without a database', () => {
  it.each(PAYMENTS_CONTRACT)('%s', (_rule, thenIt) => thenIt(new InMemoryPayments()));
});
