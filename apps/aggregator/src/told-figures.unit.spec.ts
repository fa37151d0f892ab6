import { dossierTopic } from '@index766/contracts-dossiers';
import { parseInstant, periodContaining, type Instant } from '@index766/kernel';
import { Metrics } from '@index766/platform-observability';

import { InMemoryAggregator, type ToldFact } from './test/in-memory-aggregator';
import { ToldFigures } from './told-figures';

const at = (text: string) => parseInstant(text) as Instant;
const NOW = at('2026-10-20T10:00:00+07:00');
const UNITS = [['VN', 'COUNTRY', null], ['H44', 'PROVINCE', 'VN'], ['H44.1', 'COMMUNE', 'H44']] as const;
const LIVE = (['week', 'month', 'year'] as const).map((kind) => periodContaining(kind, NOW));

function tell(id: string, sequence: number, kind: string, body: object, occurredAt: string): ToldFact {
  const instant = at(occurredAt);
  return { id, fact: { topic: dossierTopic.name, sequence, kind, occurredAt: instant, recordedAt: instant, timeBasis: 'stated', body } };
}

const received = (id: string, unit: string, dueAt: string): readonly ToldFact[] => [
  tell(id, 1, 'dossier-received', { unit, procedure: '2.000815', channel: 'online', source: 'specs', pushed: true }, '2026-10-19T08:00:00+07:00'),
  tell(id, 2, 'due-date-set', { dueAt: at(dueAt), basis: 'stated', cause: 'received', calendarVersion: 'vn@1' }, '2026-10-19T08:00:00+07:00'),
];
const finished = (id: string): ToldFact => tell(id, 3, 'dossier-finished', {}, '2026-10-20T09:00:00+07:00');

/** An aggregator with these facts: `take` gives it more, `lines` is what it says on /metrics of one name. */
async function told(...facts: readonly ToldFact[]) {
  const aggregator = new InMemoryAggregator(UNITS, NOW, LIVE);
  const metrics = new Metrics();
  const figures = new ToldFigures({ metrics, cases: aggregator.caseKeeper, scores: aggregator.queries, treeToday: aggregator.treeToday, now: () => NOW });
  const take = async (...more: readonly ToldFact[]) => {
    await aggregator.take(...more);
    await figures.tell();
  };
  await take(...facts);
  const lines = async (name: string) => (await metrics.text()).split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return { take, lines };
}

describe('what /metrics says of the index', () => {
  const FACTS = [
    ...received('H44.1-1', 'H44.1', '2026-10-19T17:00:00+07:00'),
    ...received('H44.1-2', 'H44.1', '2026-10-20T17:00:00+07:00'),
    ...received('H44.1-3', 'H44.1', '2026-10-30T17:00:00+07:00'), finished('H44.1-3'),
    ...received('H44.9-1', 'H44.9', '2026-10-30T17:00:00+07:00'),
  ];

  it('counts dossiers, and those of units that the catalog does not know', async () => {
    const { lines } = await told(...FACTS);

    expect(await lines('index_dossiers')).toEqual(['index_dossiers 4']);
    expect(await lines('index_unknown_unit_dossiers')).toEqual(['index_unknown_unit_dossiers 1']);
  });

  it('counts what each unit has in hand, and says 0 when that is gone', async () => {
    const { take, lines } = await told(...FACTS);
    expect(await lines('index_open_dossiers')).toEqual(['index_open_dossiers{unit="H44.1"} 2', 'index_open_dossiers{unit="H44.UNKNOWN"} 1']);
    expect(await lines('index_overdue_dossiers')).toEqual(['index_overdue_dossiers{unit="H44.1"} 1', 'index_overdue_dossiers{unit="H44.UNKNOWN"} 0']);
    expect(await lines('index_due_today_dossiers')).toEqual(['index_due_today_dossiers{unit="H44.1"} 1', 'index_due_today_dossiers{unit="H44.UNKNOWN"} 0']);

    await take(finished('H44.1-1'), finished('H44.1-2'));

    expect(await lines('index_open_dossiers')).toEqual(['index_open_dossiers{unit="H44.1"} 0', 'index_open_dossiers{unit="H44.UNKNOWN"} 1']);
    expect(await lines('index_overdue_dossiers')).toEqual(['index_overdue_dossiers{unit="H44.1"} 0', 'index_overdue_dossiers{unit="H44.UNKNOWN"} 0']);
  });

  it('tells the figures of provinces alone, for the week, the month and the year that run', async () => {
    const { lines } = await told(...FACTS);
    const periods = (name: string) => ['week', 'month', 'year'].map((period) => expect.stringMatching(new RegExp(`^${name}\\{unit="H44",period="${period}"\\} [\\d.]+$`)) as unknown);

    for (const name of ['index_points', 'index_completeness_ratio']) expect(await lines(name)).toEqual(periods(name));
    expect(await lines('index_counted_dossiers')).toEqual(['week', 'month', 'year'].map((period) => `index_counted_dossiers{unit="H44",period="${period}"} 4`));
    expect(await lines('index_late_ratio')).toContain('index_late_ratio{unit="H44",period="month"} 0.25');
    expect(await lines('index_group_points')).toHaveLength(18);
  });

  it('says 0 of the late share where nothing is counted', async () => {
    const { lines } = await told();

    expect(await lines('index_late_ratio')).toContain('index_late_ratio{unit="H44",period="week"} 0');
    expect(await lines('index_open_dossiers')).toEqual([]);
  });

  it('has no series of a group of which there is no figure, until there is one', async () => {
    const { take, lines } = await told();
    const groups = async () => (await lines('index_group_points')).filter((line) => line.includes('period="week"')).map((line) => /index_group="(\w+)"/.exec(line)?.[1]);
    expect(await groups()).toEqual(['TDGQ', 'DVCTT', 'TTTT', 'MDHL', 'MDSH']);
    await take(...FACTS);
    expect([...await groups()].sort()).toEqual(['CKMB', 'DVCTT', 'MDHL', 'MDSH', 'TDGQ', 'TTTT']);
  });
});
