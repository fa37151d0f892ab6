import type { Instant, UnitCode } from '@index766/kernel';

import type { EditionHeads } from './edition-heads';
import type { EditionKeeper } from './edition-keeper';

/** The kinds of periods that are told: the others end with one of these. */
const TOLD_KINDS = ['week', 'month', 'year'] as const;
const MILLISECONDS_PER_SECOND = 1_000;

interface ToldOf {
  readonly unit: UnitCode;
  readonly period: (typeof TOLD_KINDS)[number];
}

export interface ToldEditionsParts {
  readonly keeper: Pick<EditionKeeper, 'due' | 'reporting'>;
  readonly heads: Pick<EditionHeads, 'read'>;
  readonly now: () => Instant;
  /** How long the oldest period that could be official has not been; 0: none waits. */
  readonly tellWaiting: (of: ToldOf, seconds: number) => void;
  /** When an edition was published last. */
  readonly tellPublished: (of: ToldOf, at: number) => void;
}

/** Tells of every province that reports what waits to be published, and of every one that has editions when the last was. */
export class ToldEditions {
  constructor(private readonly parts: ToldEditionsParts) {}

  async tell(): Promise<void> {
    const { keeper, heads, now, tellWaiting, tellPublished } = this.parts;
    const due = await keeper.due();
    const known = await heads.read();
    for (const unit of keeper.reporting()) {
      for (const period of TOLD_KINDS) {
        const waiting = due.filter((each) => each.province === unit && each.period.kind === period).map(({ since }) => now() - since);
        tellWaiting({ unit, period }, Math.max(0, ...waiting) / MILLISECONDS_PER_SECOND);
      }
    }
    // Of one that does not report, somebody may have published by command.
    for (const unit of new Set(known.map(({ province }) => province))) {
      for (const period of TOLD_KINDS) {
        const ofKind = known.filter((each) => each.province === unit && each.period.kind === period);
        const published = ofKind.flatMap(({ editions }) => editions.map(({ publishedAt }) => publishedAt));
        if (published.length > 0) tellPublished({ unit, period }, Math.max(...published) / MILLISECONDS_PER_SECOND);
      }
    }
  }
}
