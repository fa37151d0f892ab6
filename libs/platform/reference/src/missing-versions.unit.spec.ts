import type { TopicContract } from '@index766/contracts-envelope';
import { Metrics } from '@index766/platform-observability';
import type { ReferenceContent } from './mongo-reference';
import { missingVersions, tellMissingVersions } from './missing-versions';

const topic = (name: string) => ({ name }) as TopicContract;
const SOURCES = [{ kind: 'unit', topic: topic('units') }, { kind: 'procedure', topic: topic('procedures') }];
const versions = (...sequences: readonly number[]): ReferenceContent =>
  ({ versions: sequences.map((sequence) => ({ sequence, recordedAt: new Date(0), content: {} })) });
const knowing = (revision: number, known: Readonly<Record<string, ReferenceContent>>) =>
  ({ revision, entries: () => new Map(Object.entries(known)).entries() });

describe('versions of reference records that have not come', () => {
  it('are counted by topic, below the highest one of each key', () => {
    const known = knowing(1, { 'unit:H44': versions(1, 2, 3), 'unit:H44.1': versions(2, 5), 'procedure:1': versions(1) });
    expect([...missingVersions(known, SOURCES)]).toEqual([['units', 3], ['procedures', 0]]);
  });

  it('show on /metrics, and no more when they have come', async () => {
    const metrics = new Metrics();
    let known = knowing(1, { 'unit:H44': versions(3) });
    tellMissingVersions(metrics, { get revision() { return known.revision; }, entries: () => known.entries() }, SOURCES);
    expect(await metrics.text()).toContain('reference_missing_versions{topic="units"} 2\n');

    known = knowing(2, { 'unit:H44': versions(1, 2, 3) });
    expect(await metrics.text()).toContain('reference_missing_versions{topic="units"} 0\n');
  });
});
