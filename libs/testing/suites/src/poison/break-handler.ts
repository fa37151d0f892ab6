import { headerText, HEADER } from '@index766/contracts-envelope';
import type { BatchHandler } from '@index766/platform-kafka';

type Handler = Pick<BatchHandler<unknown, unknown>, 'decode' | 'fold'>;

/**
 * Puts a bug into a handler: its fold fails with a TypeError whenever the record of this key and sequence is among the
 * items. Answers how to mend it.
 */
export function breakHandler(handler: Handler, key: string, sequence: number): () => void {
  const healthy: Handler = { decode: handler.decode, fold: handler.fold };
  const poisoned = new WeakSet<object>();
  handler.decode = function decode(this: Handler, record) {
    const decoded = healthy.decode.call(this, record);
    const isIt = record.key?.toString() === key && headerText(record.headers, HEADER.sequence) === String(sequence);
    if (isIt && decoded !== 'ignored' && decoded.ok) poisoned.add(decoded.value as object);
    return decoded;
  };
  handler.fold = function fold(this: Handler, document, items) {
    if (items.some((item) => poisoned.has(item as object))) throw new TypeError('a bug in the fold');
    return healthy.fold.call(this, document, items);
  };
  return () => Object.assign(handler, healthy);
}
