import { ok, refused, type Instant, type Result } from '@index766/kernel';
import { newSource, type SourceFact, type SourceState, type ToldSource } from '../domain/source-state';
import { at } from '../test/pushes';
import { HearSource } from './hear-source';
import type { Sources } from './ports';

class ToldSources implements Sources {
  readonly facts: SourceFact[] = [];
  asked = 0;
  refusing = false;
  private state = newSource('one-stop');

  tell(_source: string, decide: (state: SourceState) => Result<ToldSource | null>): Promise<Result<SourceState>> {
    this.asked += 1;
    if (this.refusing) return Promise.resolve(refused('AGGREGATE.CONTENDED', 'others write it'));
    const told = decide(this.state);
    if (told.ok && told.value !== null) {
      this.state = told.value.state;
      this.facts.push(told.value.fact);
    }
    return Promise.resolve(ok(this.state));
  }
}

let now: Instant;
const sources = () => {
  const told = new ToldSources();
  return { told, hear: new HearSource(told, { now: () => now }) };
};

it('tells of a source once a day, and asks nobody when this member told it', async () => {
  const { told, hear } = sources();
  now = at('2026-11-22T09:00:00+07:00');
  await hear.execute('one-stop');
  await hear.execute('one-stop');
  expect([told.facts.length, told.asked]).toEqual([1, 1]);

  now = at('2026-11-23T00:00:00+07:00');
  await hear.execute('one-stop');
  expect(told.facts.map(({ recordedAt }) => recordedAt)).toEqual([at('2026-11-22T09:00:00+07:00'), now]);
});

it('tries again with the next push where others wrote it at the same time', async () => {
  const { told, hear } = sources();
  now = at('2026-11-22T09:00:00+07:00');
  told.refusing = true;
  await hear.execute('one-stop');
  told.refusing = false;
  await hear.execute('one-stop');
  expect(told.facts).toHaveLength(1);
});
