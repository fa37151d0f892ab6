import type { UnitCode } from '@index766/kernel';
import { FencedDocuments, type MongoDatabase } from '@index766/platform-mongo';

import { scoreId, type FencedScore, type ScoreKey, type ScoreRecord, type ScoreStore } from '../score-record';

export class MongoScores implements ScoreStore {
  private readonly documents: FencedDocuments<ScoreRecord>;

  constructor(database: MongoDatabase) {
    this.documents = new FencedDocuments(database, 'scores');
  }

  async revisionsOf(keys: readonly ScoreKey[]): Promise<ReadonlyMap<string, number>> {
    const found = await this.documents.findMany(keys.map(scoreId), ['unit']);
    return new Map([...found].map(([id, { rev }]) => [id, rev]));
  }

  /** What is stored under these keys, with its revision; absent ones are absent. For whoever checks it. */
  async find(keys: readonly ScoreKey[]): Promise<ReadonlyMap<string, FencedScore>> {
    const found = await this.documents.findMany(keys.map(scoreId));
    return new Map([...found].map(([id, { rev, content }]) => [id, { rev, score: content }]));
  }

  replaceMany(scores: readonly FencedScore[]): Promise<ReadonlySet<string>> {
    return this.documents.replaceMany(scores.map(({ score, rev }) => ({ id: scoreId(score), rev, content: score })));
  }

  async findMany(units: readonly UnitCode[], period: string): Promise<readonly ScoreRecord[]> {
    const found = await this.documents.findMany(units.map((unit) => scoreId({ unit, period })));
    return [...found.values()].map(({ content }) => content);
  }
}
