import { unitScoreKey, unitScoreLatestTopic, unitScoredV1, type UnitScored } from '@index766/contracts-aggregator';
import { encodeRecord, envelopeOf } from '@index766/contracts-envelope';
import { parseInstant, type Instant } from '@index766/kernel';
import type { OutgoingRecord } from '@index766/platform-kafka';

interface SumAnswer {
  readonly points: number;
  readonly shown: string;
  readonly attainable: number;
  readonly applicable: number;
  readonly completeness: number;
}

/** What the aggregator answers about a unit and a month. */
export interface ScoreOfUnit extends SumAnswer, Pick<UnitScored, 'unit' | 'level' | 'parent' | 'period' | 'definition' | 'asOf' | 'volume'> {
  readonly insufficient: readonly UnitScored['total']['apart'][number][];
  readonly groups: readonly (SumAnswer & { readonly group: string; readonly max: number; readonly indicators: UnitScored['groups'][number]['indicators'] })[];
}

const MINIMUM_VOLUME_OF_A_MONTH = 30;
const COMPLETENESS_THRESHOLD = 0.7;

/** The record that says of a unit what the aggregator answers about it. */
export function unitScoreRecord(score: ScoreOfUnit): OutgoingRecord {
  const { unit, level, parent, period, definition, asOf, volume, groups } = score;
  const sumOf = ({ points, shown, attainable, applicable, completeness }: SumAnswer) => ({
    points, shown, attainable, applicable, completeness, apart: reasonsApart(score, completeness),
  });
  const data: UnitScored = {
    unit, level, parent, period, definition, calendar: 'vn@1', asOf, knownAt: null, edition: null, state: 'provisional', volume,
    total: { ...sumOf(score), max: groups.reduce((sum, { max }) => sum + max, 0) },
    groups: groups.map((group) => ({ group: group.group, max: group.max, ...sumOf(group), indicators: group.indicators })),
  };
  const at = parseInstant(asOf) as Instant;
  const envelope = envelopeOf(unitScoreLatestTopic, { type: unitScoredV1.type, occurredAt: at, recordedAt: at, subject: unitScoreKey(data), sequence: 1 });
  return { topic: unitScoreLatestTopic.name, ...encodeRecord(envelope, data, unitScoredV1) };
}

function reasonsApart({ volume, insufficient }: ScoreOfUnit, completeness: number): UnitScored['total']['apart'] {
  const ofUnit = (reason: UnitScored['total']['apart'][number]) => insufficient.filter((each) => each === reason);
  return [
    ...(volume < MINIMUM_VOLUME_OF_A_MONTH ? ['below-minimum-volume' as const] : []), ...ofUnit('no-leading-indicator'),
    ...(completeness < COMPLETENESS_THRESHOLD ? ['incomplete' as const] : []), ...ofUnit('too-many-undetermined'),
  ];
}
