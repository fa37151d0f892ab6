import { instantOf, type UnitCode } from '@index766/kernel';
import { FencedDocuments, type MongoDatabase } from '@index766/platform-mongo';

import { scoreId, type FencedScore, type ScoreKey, type ScoreRecord, type ScoreStore } from '../score-record';

/** Counted up when a record says more or otherwise than before: one of another form is as good as none. */
const FORM = 2;

/** The figures are one text: they are read and written whole (ADR 0090). */
interface ScoreContent {
  readonly form: number;
  readonly unit: UnitCode;
  readonly period: string;
  readonly evaluatedAt: number;
  readonly figures: string;
}

export class MongoScores implements ScoreStore {
  private readonly documents: FencedDocuments<ScoreContent>;

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
    return new Map([...found].flatMap(([id, { rev, content }]) => (content.form === FORM ? [[id, { rev, score: toRecord(content) }]] : [])));
  }

  replaceMany(scores: readonly FencedScore[]): Promise<ReadonlySet<string>> {
    return this.documents.replaceMany(scores.map(({ score, rev }) => ({ id: scoreId(score), rev, content: toContent(score) })));
  }

  async findMany(units: readonly UnitCode[], period: string): Promise<readonly ScoreRecord[]> {
    const found = await this.find(units.map((unit) => ({ unit, period })));
    return [...found.values()].map(({ score }) => score);
  }
}

function toContent({ unit, period, evaluatedAt, counted, united }: ScoreRecord): ScoreContent {
  return { form: FORM, unit, period, evaluatedAt, figures: JSON.stringify({ counted, united }) };
}

function toRecord({ unit, period, evaluatedAt, figures }: ScoreContent): ScoreRecord {
  return { unit, period, evaluatedAt: instantOf(evaluatedAt), ...JSON.parse(figures) as Pick<ScoreRecord, 'counted' | 'united'> };
}
