import { defineFact, wireCode, wireInstant, wireUnitCode } from '@index766/contracts-envelope';
import { parsePeriod } from '@index766/kernel';
import { z } from 'zod';

import example from './unit-scored.v1.example.json';

/** Half-up to 6 decimals, as the answers over HTTP have them. */
const points = z.number().min(0).max(1_000);

const sum = {
  /** 0 where `state` is another one than `scored`: there are none. */
  points,
  /** The points as they are shown and ranked, half-up to 2 decimals: `15.68`. Equal texts share a rank. `0.00` where there are none. */
  shown: z.string().regex(/^\d{1,3}\.\d{2}$/),
  /** Sum of the maxima of the indicators that have points. */
  attainable: points,
  /** Sum of the maxima of the indicators that apply at the level. */
  applicable: points,
  /** Share of the applicable maximum that has data, half-up to 6 decimals. */
  completeness: z.number().min(0).max(1),
  /** Why the unit is listed beside the ranking by this sum; empty: it has a rank. */
  apart: z.array(z.enum(['below-minimum-volume', 'no-leading-indicator', 'incomplete', 'too-many-undetermined'])),
  /** Missing and not applicable are no 0: `points` and `shown` say nothing then. Absent: said by an earlier producer, see `attainable`. */
  state: z.enum(['scored', 'missing', 'not-applicable']).optional(),
  /** Why there are no points: no indicator of it has any, or none applies at the level; null where there are. */
  reason: z.enum(['no-figures', 'level']).nullable().optional(),
};

/** An indicator: missing, 0 and not applicable are told apart by `state`, never by a number. */
const indicator = z.object({
  indicator: wireCode,
  state: z.enum(['scored', 'shown', 'missing', 'not-applicable']),
  /** Why there are no points; null where there are. */
  reason: z.enum(['not-supplied', 'empty-denominator', 'level']).nullable(),
  numerator: z.int().min(0).nullable(),
  denominator: z.int().min(0).nullable(),
  /** Null is no 0. */
  points: points.nullable(),
  /** Null: the indicator is shown and gives no points. */
  max: points.nullable(),
});

/**
 * The index of a unit in a period as it stands now: state, not a fact. Of one key the last record counts, and earlier ones go
 * when the topic is compacted; editions are what stays.
 */
export const unitScoredV1 = defineFact({
  type: 'aggregator.unit-scored.v1',
  schema: z.object({
    unit: wireUnitCode,
    level: z.enum(['COUNTRY', 'MINISTRY', 'PROVINCE', 'DEPARTMENT', 'COMMUNE']),
    /** Units are ranked among those of one level under one parent. */
    parent: wireUnitCode.nullable(),
    /** A name of index-766.md §1: `2026-W47`, `2026-10`. */
    period: z.string().min(4).max(22).refine((name) => parsePeriod(name).ok),
    /** The definition that made the figures. */
    definition: wireCode,
    /** Calendar id, `@` and version that held on the period's last day: `vn@2`. */
    calendar: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}@[1-9][0-9]{0,8}$/),
    /** T: the period's end, or the minute of the evaluation while it runs. */
    asOf: wireInstant,
    /** K of the edition; null: all that was known when the record was made. */
    knownAt: wireInstant.nullable(),
    /** Number of the edition that has these figures; null while there is none. */
    edition: z.int().min(1).nullable(),
    /** `retracted`: the figures are those of an edition that was taken back, and none has come in its place. */
    state: z.enum(['provisional', 'official', 'amended', 'retracted']),
    /** The dossiers of 2.1. */
    volume: z.int().min(0),
    total: z.object({ ...sum, max: points }),
    /** In the order of the definition, each once. */
    groups: z.array(z.object({ group: wireCode, max: points, ...sum, indicators: z.array(indicator).max(100) })).max(20),
  }),
  example,
});

export type UnitScored = z.output<typeof unitScoredV1.schema>;
