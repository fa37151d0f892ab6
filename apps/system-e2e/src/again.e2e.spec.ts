import { dossierTopic, intakeTopic, officerSeenTopic } from '@index766/contracts-dossiers';
import { allFigures } from './test/answers';
import { operate } from './test/operator';
import { rearranged } from './test/rearranged-pushes';
import { sendPushes } from './test/send-pushes';
import { samplePushes } from './test/small-sample';
import { loadedSystem } from './test/system-access';
import { LOADED_WITHIN_MS } from './test/time-limits';
import { factsIn } from './test/topic-contents';

const system = loadedSystem();
const TOPICS = [dossierTopic, intakeTopic, officerSeenTopic];

async function recordsOnTopics(): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const topic of TOPICS) counts[topic.name] = (await factsIn(system, topic)).length;
  return counts;
}

describe('the same pushes a second time, shuffled and split otherwise', () => {
  let before: { readonly records: Readonly<Record<string, number>>; readonly figures: Readonly<Record<string, string>> };
  beforeAll(async () => {
    before = { records: await recordsOnTopics(), figures: await allFigures(system) };
    await sendPushes(system, rearranged(samplePushes(), 766));
    await operate(system, ['settle']);
  }, LOADED_WITHIN_MS);

  it('record no new fact, pass nothing on again and see no officer anew', async () => {
    expect(await recordsOnTopics()).toEqual(before.records);
    expect(Math.min(...Object.values(before.records))).toBeGreaterThan(0);
  });

  it('leave every score and late-officer list as it was, byte for byte', async () => {
    expect(await allFigures(system)).toEqual(before.figures);
  });
});
