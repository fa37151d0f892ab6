import { ok } from '@index766/kernel';
import { AggregateBatchHandler, type AggregateToSave, type AggregateWork } from './aggregate.batch-handler';

interface Word {
  readonly id: string;
  readonly facts: number;
  readonly traceparent?: string;
}
type Spoken = AggregateWork<number, string>;

const traceparent = (first: string) => `00-${first}af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01`;
const traceOf = (first: string) => ({ correlationId: `${first}af7651916cd43dd8448eb211c80319c`, traceparent: traceparent(first) });

class WordHandler extends AggregateBatchHandler<Word, string, number, string> {
  readonly topics = ['words'];
  decode = () => ok({ id: 'a', facts: 0 });
  keyOf = ({ id }: Word) => id;
  protected traceOf = (word: Word) => word.traceparent;
  protected empty = () => 0;
  protected take({ state, facts }: Spoken, word: Word) {
    const added = Array.from({ length: word.facts }, (_, index) => `fact ${state + index + 1}`);
    return { change: { state: state + word.facts, facts: [...facts, ...added] }, outcome: word.facts > 0 ? 'applied' as const : 'duplicate' as const };
  }
}

test('each new fact belongs to the trace of the record that led to it, however records come together', async () => {
  const saved: AggregateToSave<number, string>[] = [];
  const handler = new WordHandler(
    { findMany: () => Promise.resolve(new Map()), saveMany: (changes) => { saved.push(...changes); return Promise.resolve({ lost: new Set<string>(), full: new Set<string>() }); } },
    () => undefined,
  );
  const words: readonly Word[] = [
    { id: 'a', facts: 2, traceparent: traceparent('1') }, { id: 'a', facts: 0, traceparent: traceparent('2') }, { id: 'a', facts: 1 },
    { id: 'a', facts: 1, traceparent: traceparent('3') },
  ];
  const together = handler.fold(undefined, words).document;
  const apart = words.reduce((document, word) => handler.fold(document, [word]).document ?? document, handler.fold(undefined, []).document);

  expect(together?.traces).toEqual([traceOf('1'), traceOf('1'), {}, traceOf('3')]);
  expect([apart?.change, apart?.traces]).toEqual([together?.change, together?.traces]);
  await handler.save(new Map(together === undefined ? [] : [['a', together]]));
  expect(saved).toMatchObject([{ change: { facts: ['fact 1', 'fact 2', 'fact 3', 'fact 4'] }, traces: together?.traces }]);
});
