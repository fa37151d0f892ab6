import { EDITIONS_KEYS } from '@index766/contracts-aggregator';
import { parsePeriod, type Instant, type Period, type UnitCode } from '@index766/kernel';

import type { Decisions } from '../decisions';
import { seriesOf, type EditionSeries } from './edition-history';

/** Histories that are in memory at once while heads are read: each has manifests of some ten thousand characters. */
const READ_AT_ONCE = 10;

/** What is known of the editions of a province and period without their manifests, which are nearly all of it. */
export interface SeriesHead {
  readonly province: UnitCode;
  readonly period: Period;
  /** By their numbers, at least one. */
  readonly editions: readonly EditionHead[];
}

export interface EditionHead {
  readonly number: number;
  readonly publishedAt: Instant;
  readonly isRetracted: boolean;
}

/**
 * The heads of all editions, for whoever looks again and again: a history is read again only when something was decided in it
 * since. What was decided before the call is seen.
 */
export class EditionHeads {
  private known: ReadonlyMap<string, { readonly version: number; readonly head: SeriesHead | undefined }> = new Map();

  constructor(private readonly decisions: Pick<Decisions, 'findMany' | 'versionsWith'>) {}

  /** Those that have an edition, in no particular order. */
  async read(): Promise<readonly SeriesHead[]> {
    const versions = await this.decisions.versionsWith(EDITIONS_KEYS);
    const changed = [...versions.keys()].filter((key) => this.known.get(key)?.version !== versions.get(key));
    const known = new Map([...this.known].filter(([key]) => versions.has(key)));
    for (let from = 0; from < changed.length; from += READ_AT_ONCE) {
      const histories = await this.decisions.findMany(changed.slice(from, from + READ_AT_ONCE));
      // What was decided since the versions were read is read again the next time.
      for (const [key, history] of histories) known.set(key, { version: versions.get(key) ?? 0, head: headOf(seriesOf(history)) });
    }
    this.known = known;
    return [...known.values()].flatMap(({ head }) => head ?? []);
  }
}

function headOf({ editions }: EditionSeries): SeriesHead | undefined {
  const [first] = editions;
  if (first === undefined) return undefined;
  const period = parsePeriod(first.published.period);
  if (!period.ok) throw new RangeError('an edition names no period');
  return {
    province: first.published.province as UnitCode, period: period.value,
    editions: editions.map(({ published: { number }, publishedAt, retracted }) => ({ number, publishedAt, isRetracted: retracted !== null })),
  };
}
