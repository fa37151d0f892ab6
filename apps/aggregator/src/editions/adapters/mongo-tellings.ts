import { randomUUID } from 'node:crypto';
import type { MongoDatabase } from '@index766/platform-mongo';

import type { Decisions } from '../../decisions';
import type { ProvisionalTellings, ToldSeries } from '../../scores';
import { periodsWithEditions } from '../edition-history';

export const TELLINGS = 'edition_tellings';

/** A member that tells provisional figures of a series, or told them over those of an edition. */
export interface StoredTelling {
  /** Series and member: nobody ends what another one has begun. */
  readonly _id: string;
  readonly province: string;
  readonly period: string;
  readonly begunAt: number;
  /** Present: an edition was published before it ended. */
  readonly overtaken?: true;
}

/** Notes beside the decisions, of the ended periods that have no edition: few, and gone when they are told. */
export class MongoTellings implements ProvisionalTellings {
  private readonly member = randomUUID();

  constructor(
    private readonly database: MongoDatabase,
    private readonly decisions: Pick<Decisions, 'findMany'>,
  ) {}

  published(asked: readonly ToldSeries[]): Promise<ReadonlySet<string>> {
    return asked.length === 0 ? Promise.resolve(new Set()) : periodsWithEditions(this.decisions, asked);
  }

  begin(series: readonly ToldSeries[]): Promise<void> {
    return this.note(series, {});
  }

  async end(series: readonly ToldSeries[]): Promise<void> {
    const published = await this.published(series);
    const isOvertaken = ({ province, period }: ToldSeries): boolean => published.has(`${province}@${period}`);
    await this.note(series.filter(isOvertaken), { overtaken: true });
    const done = series.filter((each) => !isOvertaken(each)).map((each) => this.idOf(each));
    if (done.length > 0) await this.collection().deleteMany({ _id: { $in: done } }, { maxTimeMS: this.database.commandTimeoutMs });
  }

  private async note(series: readonly ToldSeries[], beside: Pick<StoredTelling, 'overtaken'>): Promise<void> {
    if (series.length === 0) return;
    const begunAt = this.database.now();
    await this.collection().bulkWrite(
      series.map((each) => ({ updateOne: { filter: { _id: this.idOf(each) }, update: { $set: { ...each, begunAt, ...beside } }, upsert: true } })),
      { ordered: false, maxTimeMS: this.database.commandTimeoutMs },
    );
  }

  private idOf({ province, period }: ToldSeries): string {
    return `${province}@${period} ${this.member}`;
  }

  private collection() {
    return this.database.collection<StoredTelling>(TELLINGS);
  }
}
