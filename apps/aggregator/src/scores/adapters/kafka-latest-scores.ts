import type { UnitScored } from '@index766/contracts-aggregator';
import { definitionFor, isListed, scoreOf, type CountedMeasures, type IndexDefinition, type UnitNode } from '@index766/index-766';
import { formatInstant, parsePeriod, type Instant, type Period, type UnitCode } from '@index766/kernel';
import type { OutgoingRecord, RecordSender } from '@index766/platform-kafka';

import type { Reference } from '../../reference';
import { apartReasons } from '../apart-reasons';
import { scoreJson } from '../http/score-json';
import type { ProvisionalTellings, ToldSeries } from '../provisional-tellings';
import type { GoneScore, LatestScores, ScoreRecord } from '../score-record';
import { goneRecord, latestScoreRecord, unitScored } from '../unit-scored';
import { rootOf } from '../unit-scope';

/** Records of one request to the broker, some kilobytes each. */
const RECORDS_PER_SEND = 100;
/** A period that ends so soon may have an edition before all of its figures are told. */
const ENDS_SOON_MS = 3_600_000;

export interface KafkaLatestScoresOptions {
  readonly sender: RecordSender;
  readonly reference: Pick<Reference, 'treeOn' | 'calendar' | 'calendarOf'>;
  readonly tellings: ProvisionalTellings;
  readonly now: () => Instant;
}

interface Scored {
  readonly record: ScoreRecord;
  readonly node: UnitNode;
  readonly period: Period;
  readonly definition: IndexDefinition;
  readonly province: UnitCode;
}

/** What is to be told of a unit in a period, and whose figures it is among. */
interface Telling {
  readonly province: UnitCode;
  readonly period: Period;
  readonly record: () => OutgoingRecord;
}

/** The index as it stands, as records of the compacted topic. */
export class KafkaLatestScores implements LatestScores {
  constructor(private readonly options: KafkaLatestScoresOptions) {}

  tell(records: readonly ScoreRecord[]): Promise<void> {
    const { now } = this.options;
    return this.send(records.flatMap((record) => this.listed(record)).map((scored) => ({ ...scored, record: () => latestScoreRecord(this.dataOf(scored), now()) })));
  }

  async withdraw(gone: readonly GoneScore[]): Promise<boolean> {
    await this.send(gone.flatMap(({ unit, period: name, root }) => {
      const period = parsePeriod(name);
      return period.ok ? [{ province: root, period: period.value, record: () => goneRecord({ unit, period: name }, this.options.now()) }] : [];
    }));
    return true;
  }

  /** The figures of an edition stand, taken back or not, until there is another one: those of its period are not told (ADR 0162). */
  private async send(tellings: readonly Telling[]): Promise<void> {
    const { sender, tellings: notes, now } = this.options;
    const ended = new Map(tellings.filter(({ period }) => period.end <= now() + ENDS_SOON_MS).map((each) => [keyOf(each), seriesOf(each)]));
    const published = await notes.published([...ended.values()]);
    const open = [...ended].filter(([key]) => !published.has(key)).map(([, series]) => series);
    const told = tellings.filter((each) => !published.has(keyOf(each))).map(({ record }) => record());
    await notes.begin(open);
    for (let from = 0; from < told.length; from += RECORDS_PER_SEND) await sender.send(told.slice(from, from + RECORDS_PER_SEND));
    await notes.end(open);
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

function seriesOf({ province, period }: Pick<Telling, 'province' | 'period'>): ToldSeries {
  return { province, period: period.name };
}

function keyOf(telling: Pick<Telling, 'province' | 'period'>): string {
  return `${telling.province}@${telling.period.name}`;
}
