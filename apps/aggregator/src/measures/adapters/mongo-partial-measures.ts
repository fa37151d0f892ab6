import { codeSets } from '@index766/index-766';
import type { UnitCode } from '@index766/kernel';
import { gathered } from '@index766/platform-kafka';
import { FencedDocuments, type Fenced, type IndexDeclaration, type MongoDatabase } from '@index766/platform-mongo';

import {
  MEASURE_SOURCES, partialId, type FencedPartial, type MeasureSource, type PartialMeasures, type PartialMeasuresStore,
} from '../partial-measures';

const COLLECTION = 'partial_measures';
/** What earlier versions wrote names no source and is not read: every owner of a partition makes its partials anew. */
const OF_TODAY = { source: { $in: [...MEASURE_SOURCES] } };

/** The periods are one text: they are read and written whole (ADR 0090). */
interface PartialContent {
  readonly unit: UnitCode;
  readonly source: MeasureSource;
  readonly partition: number;
  readonly periods: string;
}

type PartialDocument = PartialContent & { readonly _id: string; readonly rev: number };

export const PARTIAL_MEASURES_INDEXES: readonly IndexDeclaration[] = [
  { collection: COLLECTION, name: 'partition_source', keys: { partition: 1, source: 1 }, query: 'the revisions of a partition when a member takes it over' },
  { collection: COLLECTION, name: 'unit', keys: { unit: 1 }, query: 'the partials of the units to be merged' },
];

export class MongoPartialMeasures implements PartialMeasuresStore {
  /** Partitions whose lanes wrote together, and so come here together, replace in one bulk write. Answers the ids that lost their fence. */
  private readonly replaceTogether: (documents: readonly Fenced<PartialContent>[]) => Promise<ReadonlySet<string>>;

  constructor(private readonly database: MongoDatabase) {
    const documents = new FencedDocuments<PartialContent>(database, COLLECTION);
    this.replaceTogether = gathered({ call: (all) => documents.replaceMany(all), sizeOf: ({ length }) => length, join: (all) => all.flat() });
  }

  async revisionsOf(source: MeasureSource, partition: number): Promise<Map<UnitCode, number>> {
    const found = await this.collection().find({ partition, source }, this.only({ unit: 1, rev: 1 })).toArray();
    return new Map(found.map(({ unit, rev }) => [unit, rev]));
  }

  /** Everything that is stored of a source and partition; `unit`: of this one alone. For whoever checks it. */
  async ofPartition(source: MeasureSource, partition: number, unit?: UnitCode): Promise<readonly FencedPartial[]> {
    const found = await this.collection()
      .find({ partition, source, ...(unit === undefined ? {} : { unit }) }, this.whole())
      .toArray();
    return found.map((document) => ({ rev: document.rev, partial: toPartial(document) }));
  }

  async replaceMany(partials: readonly FencedPartial[]): Promise<ReadonlySet<UnitCode>> {
    const lost = await this.replaceTogether(partials.map(({ partial, rev }) => ({ id: partialId(partial), rev, content: toContent(partial) })));
    return new Set(partials.flatMap(({ partial }) => (lost.has(partialId(partial)) ? [partial.unit] : [])));
  }

  units(): Promise<readonly UnitCode[]> {
    return this.collection().distinct('unit', OF_TODAY, { maxTimeMS: this.database.commandTimeoutMs });
  }

  async ofUnits(units: readonly UnitCode[]): Promise<readonly PartialMeasures[]> {
    const found = await this.collection().find({ ...OF_TODAY, unit: { $in: [...units] } }, this.whole()).toArray();
    return found.map(toPartial);
  }

  private collection() {
    return this.database.collection<PartialDocument>(COLLECTION);
  }

  private whole() {
    return this.only({ unit: 1, source: 1, partition: 1, periods: 1, rev: 1 });
  }

  private only(fields: Readonly<Record<string, 1>>) {
    return { projection: fields, maxTimeMS: this.database.commandTimeoutMs };
  }
}

function toContent({ periods, ...beside }: PartialMeasures): PartialContent {
  return { ...beside, periods: JSON.stringify(periods) };
}

function toPartial({ unit, source, partition, periods }: PartialContent): PartialMeasures {
  const read = Object.entries(JSON.parse(periods) as PartialMeasures['periods']);
  const whole = read.map(([name, { evaluatedAt, measures }]) => [name, { evaluatedAt, measures: { ...measures, sets: codeSets(measures.sets) } }] as const);
  return { unit, source, partition, periods: Object.fromEntries(whole) };
}
