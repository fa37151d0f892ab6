import type { TopicContract } from '@index766/contracts-envelope';
import { allFigures } from './answers';
import type { SystemAccess } from './system-access';
import { factsIn, keysWithGaps, statementsById } from './topic-contents';

/** A load to which something happened ends as the one to which nothing happened: the same figures, as the public reads them, byte for byte. */
export async function expectFiguresOf(undisturbed: SystemAccess, access: SystemAccess): Promise<void> {
  expect(await allFigures(access)).toEqual(await allFigures(undisturbed));
}

/** As `expectFiguresOf`: the same records of a topic, once by their ids, no key with a gap. */
export async function expectRecordsOf(undisturbed: SystemAccess, access: SystemAccess, topic: Pick<TopicContract, 'name'>): Promise<void> {
  const records = await factsIn(access, topic);

  // A relay that dies between sending and noting it sends again: the copies have one id and say the same.
  expect(statementsById(records)).toEqual(statementsById(await factsIn(undisturbed, topic)));
  expect(keysWithGaps(records)).toEqual([]);
}
