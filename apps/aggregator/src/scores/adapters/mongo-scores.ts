import { codeSets } from '@index766/index-766';
import { instantOf, type UnitCode } from '@index766/kernel';
import { FencedDocuments, type MongoDatabase } from '@index766/platform-mongo';

import { scoreId, type CountedScore, type FencedScore, type ScoreKey, type ScoreReader, type ScoreRecord, type ScoreStore } from '../score-record';

const COLLECTION = 'scores';
/** Counted up when a record says more or otherwise than before: one of another form is as good as none. */
const FORM = 3;

/** Figures are texts: they are read and written whole (ADR 0090). */
interface ScoreContent {
  readonly form: number;
  readonly unit: UnitCode;
  readonly period: string;
  readonly evaluatedAt: number;
  readonly counted: string;
  /** Of a province many thousand characters. */
  readonly united: string;
}

const COUNTED_FIELDS = ['form', 'unit', 'period', 'evaluatedAt', 'counted'] as const;

export class MongoScores implements ScoreStore, ScoreReader {
  private readonly documents: FencedDocuments<ScoreContent>;

  constructor(private readonly database: MongoDatabase) {
    this.documents = new FencedDocuments(database, COLLECTION);
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

  async removeMany(keys: readonly ScoreKey[]): Promise<void> {
    await this.database.collection<{ readonly _id: string }>(COLLECTION).deleteMany({ _id: { $in: keys.map(scoreId) } }, { maxTimeMS: this.database.commandTimeoutMs });
  }

  async countedOf(units: readonly UnitCode[], period: string): Promise<readonly CountedScore[]> {
    const found = await this.documents.findMany(idsOf(units, period), COUNTED_FIELDS);
    return [...found.values()].flatMap(({ content }) => (content.form === FORM ? [toCounted(content)] : []));
  }

  async wholeOf(units: readonly UnitCode[], period: string): Promise<readonly ScoreRecord[]> {
    const found = await this.find(units.map((unit) => ({ unit, period })));
    return [...found.values()].map(({ score }) => score);
  }

  async present(units: readonly UnitCode[], period: string): Promise<ReadonlySet<UnitCode>> {
    const found = await this.documents.findMany(idsOf(units, period), ['form', 'unit']);
    return new Set([...found.values()].flatMap(({ content }) => (content.form === FORM ? [content.unit] : [])));
  }
}

function idsOf(units: readonly UnitCode[], period: string): readonly string[] {
  return units.map((unit) => scoreId({ unit, period }));
}

function toContent({ unit, period, evaluatedAt, counted, united }: ScoreRecord): ScoreContent {
  return { form: FORM, unit, period, evaluatedAt, counted: JSON.stringify(counted), united: JSON.stringify(united) };
}

function toCounted({ unit, period, evaluatedAt, counted }: Omit<ScoreContent, 'united'>): CountedScore {
  return { unit, period, evaluatedAt: instantOf(evaluatedAt), counted: JSON.parse(counted) as CountedScore['counted'] };
}

function toRecord(content: ScoreContent): ScoreRecord {
  const united = JSON.parse(content.united) as ScoreRecord['united'];
  return { ...toCounted(content), united: united && { ...united, sets: codeSets(united.sets) } };
}
