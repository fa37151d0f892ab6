import { generationsOf } from './broker';

describe('the generations of a group', () => {
  it('are the first alone before anybody joined', () => {
    expect(generationsOf('aggregator.ledger', [])).toEqual([{ id: 'aggregator.ledger', generation: 1 }]);
  });

  it('are all that the broker knows', () => {
    const existing = ['aggregator.ledger.g12', 'aggregator.ledger', 'aggregator.ledger.g2', 'aggregator.ledger.reader-1', 'aggregator.reference.g2'];

    expect(generationsOf('aggregator.ledger', existing).map(({ generation }) => generation)).toEqual([1, 2, 12]);
  });

  it('have lost the first when it was dropped', () => {
    expect(generationsOf('aggregator.ledger', ['aggregator.ledger.g2'])).toEqual([{ id: 'aggregator.ledger.g2', generation: 2 }]);
  });
});
