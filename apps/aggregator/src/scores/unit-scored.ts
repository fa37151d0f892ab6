import { unitScoreKey, unitScoreLatestTopic, unitScoredV1, type UnitScored } from '@index766/contracts-aggregator';
import { encodeRecord, encodeTombstone, envelopeOf, type Envelope } from '@index766/contracts-envelope';
import { sumOutcome, type IndexDefinition } from '@index766/index-766';
import type { Instant } from '@index766/kernel';
import type { OutgoingRecord } from '@index766/platform-kafka';

import type { ApartReasons } from './apart-reasons';
import type { scoreJson } from './http/score-json';

/** The figures of a unit as an answer over HTTP has them, or a document of an edition: what their maxima say need not be said there. */
type Answer = Sum & Pick<ReturnType<typeof scoreJson>, 'volume'> & {
  readonly groups: readonly (Sum & Pick<ReturnType<typeof scoreJson>['groups'][number], 'group' | 'max' | 'indicators'>)[];
};

type Sum = Pick<ReturnType<typeof scoreJson>, 'points' | 'shown' | 'attainable' | 'applicable' | 'completeness'>;

/** What version 1 has in place of a sum that there is none of: it knows no null there, and readers of `state` pass it over. */
const NO_POINTS = { points: 0, shown: '0.00' } as const;

/** Whose figures they are, and in which edition. */
export type ScoredHead = Pick<UnitScored, 'unit' | 'level' | 'parent' | 'period' | 'definition' | 'calendar' | 'asOf' | 'knownAt' | 'edition' | 'state'>;

/** The figures of a unit as consumers read them: the same numbers as over HTTP. */
export function unitScored(head: ScoredHead, { volume, groups, ...total }: Answer, apart: ApartReasons, definition: Pick<IndexDefinition, 'max'>): UnitScored {
  const sumOf = ({ points, shown, attainable, applicable, completeness }: Sum, reasons: ApartReasons['total']) => ({
    points: points ?? NO_POINTS.points, shown: shown ?? NO_POINTS.shown, attainable, applicable, completeness, apart: [...reasons],
    ...sumOutcome({ attainable, applicable }),
  });
  return {
    ...head, volume,
    total: { ...sumOf(total, apart.total), max: definition.max },
    groups: groups.map((group) => ({
      group: group.group, max: group.max ?? 0, ...sumOf(group, apart.groups[group.group] ?? []),
      indicators: group.indicators as UnitScored['groups'][number]['indicators'],
    })),
  };
}

/** Of a unit that is not there in the period any more: it has no figures. */
export function goneRecord(key: Pick<UnitScored, 'unit' | 'period'>, now: Instant): OutgoingRecord {
  return { topic: unitScoreLatestTopic.name, ...encodeTombstone(headOf(unitScoreKey(key), now)) };
}

/** State has no history: its sequence is the instant in milliseconds, so that whatever is told later counts, after a rebuild too. */
export function latestScoreRecord(data: UnitScored, now: Instant): OutgoingRecord {
  return { topic: unitScoreLatestTopic.name, ...encodeRecord(headOf(unitScoreKey(data), now), data, unitScoredV1) };
}

function headOf(subject: string, now: Instant): Envelope {
  return envelopeOf(unitScoreLatestTopic, { type: unitScoredV1.type, occurredAt: now, recordedAt: now, subject, sequence: now });
}
