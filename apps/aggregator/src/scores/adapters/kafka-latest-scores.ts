import type { UnitScored } from '@index766/contracts-aggregator';
import { definitionFor, isListed, scoreOf, type CountedMeasures, type IndexDefinition, type UnitNode } from '@index766/index-766';
import { formatInstant, parsePeriod, type Instant, type Period, type UnitCode } from '@index766/kernel';
import type { RecordSender } from '@index766/platform-kafka';

import type { Reference } from '../../reference';
import { apartReasons } from '../apart-reasons';
import { scoreJson } from '../http/score-json';
import type { LatestScores, ScoreRecord } from '../score-record';
import { latestScoreRecord, unitScored } from '../unit-scored';
import { rootOf } from '../unit-scope';

/** Records of one request to the broker, some kilobytes each. */
const RECORDS_PER_SEND = 100;

export interface KafkaLatestScoresOptions {
  readonly sender: RecordSender;
  readonly reference: Reference;
  /** Periods of provinces that have an edition: the figures of the last one stand, taken back or not, until it is another one. */
  readonly published: (asked: readonly { readonly province: UnitCode; readonly period: string }[]) => Promise<ReadonlySet<string>>;
  readonly now: () => Instant;
}

interface Scored {
  readonly record: ScoreRecord;
  readonly node: UnitNode;
  readonly period: Period;
  readonly definition: IndexDefinition;
  readonly province: UnitCode;
}

/** The index as it stands, as records of the compacted topic. */
export class KafkaLatestScores implements LatestScores {
  constructor(private readonly options: KafkaLatestScoresOptions) {}

  async tell(records: readonly ScoreRecord[]): Promise<void> {
    const scored = records.flatMap((record) => this.listed(record));
    const ended = scored.filter(({ period }) => period.end <= this.options.now()).map(({ province, period }) => ({ province, period: period.name }));
    const published = ended.length === 0 ? new Set<string>() : await this.options.published(ended);
    const told = scored.filter(({ province, period }) => !published.has(`${province}@${period.name}`)).map((each) => latestScoreRecord(this.dataOf(each), this.options.now()));
    for (let from = 0; from < told.length; from += RECORDS_PER_SEND) await this.options.sender.send(told.slice(from, from + RECORDS_PER_SEND));
  }

  /** Balancing and reserved units stand in no list. */
  private listed(record: ScoreRecord): readonly Scored[] {
    const period = parsePeriod(record.period);
    if (!period.ok) return [];
    const definition = definitionFor(period.value);
    const tree = this.options.reference.treeOn(period.value.lastDay);
    const node = tree.nodes.get(record.unit);
    if (!definition.ok || node === undefined || !isListed(node.level)) return [];
    return [{ record, node, period: period.value, definition: definition.value, province: rootOf(tree, record.unit) }];
  }

  private dataOf({ record, node, period, definition }: Scored): UnitScored {
    const { reference } = this.options;
    const { id, version } = reference.calendar();
    const measures: CountedMeasures = record.counted;
    const score = scoreOf(definition, measures, node.level);
    const dailyMinutes = reference.calendarOf(node.code, period.lastDay).dailyMinutesOn(period.lastDay);
    const answer = scoreJson({ unit: node, period, evaluatedAt: record.evaluatedAt, knownBy: null, definition, measures, score, dailyMinutes });
    return unitScored({
      unit: node.code, level: node.level as UnitScored['level'], parent: node.parent, period: period.name, definition: definition.id,
      calendar: `${id}@${version}`, asOf: formatInstant(record.evaluatedAt), knownAt: null, edition: null, state: 'provisional',
    }, answer, apartReasons(definition, node.code, score, period), definition);
  }
}
