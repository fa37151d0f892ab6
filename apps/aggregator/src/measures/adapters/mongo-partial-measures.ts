import type { UnitCode } from '@index766/kernel';
import { FencedDocuments, type IndexDeclaration, type MongoDatabase } from '@index766/platform-mongo';

import type { FencedPartial, PartialMeasures, PartialMeasuresStore } from '../partial-measures';

const COLLECTION = 'partial_measures';

/** The periods are one text: they are read and written whole (ADR 0090). An earlier version stored them as they are. */
interface PartialContent {
  readonly unit: UnitCode;
  readonly partition: number;
  readonly periods: string | PartialMeasures['periods'];
}

type PartialDocument = PartialContent & { readonly _id: string; readonly rev: number };

export const PARTIAL_MEASURES_INDEXES: readonly IndexDeclaration[] = [
  { collection: COLLECTION, name: 'partition', keys: { partition: 1 }, query: 'the revisions of a partition when a member takes it over' },
  { collection: COLLECTION, name: 'unit', keys: { unit: 1 }, query: 'the partials of the units to be merged' },
];

export class MongoPartialMeasures implements PartialMeasuresStore {
  private readonly documents: FencedDocuments<PartialContent>;

  constructor(private readonly database: MongoDatabase) {
    this.documents = new FencedDocuments(database, COLLECTION);
  }

  async revisionsOf(partition: number): Promise<Map<UnitCode, number>> {
    const found = await this.collection().find({ partition }, this.only({ unit: 1, rev: 1 })).toArray();
    return new Map(found.map(({ unit, rev }) => [unit, rev]));
  }

  /** Everything that is stored of a partition; `unit`: of this one alone. For whoever checks it. */
  async ofPartition(partition: number, unit?: UnitCode): Promise<readonly FencedPartial[]> {
    const found = await this.collection()
      .find({ partition, ...(unit === undefined ? {} : { unit }) }, this.only({ unit: 1, partition: 1, periods: 1, rev: 1 }))
      .toArray();
    return found.map(({ rev, unit: of, periods }) => ({ rev, partial: toPartial({ unit: of, partition, periods }) }));
  }

  async replaceMany(partials: readonly FencedPartial[]): Promise<ReadonlySet<UnitCode>> {
    const units = new Map(partials.map(({ partial }) => [idOf(partial), partial.unit]));
    const lost = await this.documents.replaceMany(
      partials.map(({ partial, rev }) => ({ id: idOf(partial), rev, content: toContent(partial) })),
    );
    return new Set([...lost].flatMap((id) => units.get(id) ?? []));
  }

  units(): Promise<readonly UnitCode[]> {
    return this.collection().distinct('unit', {}, { maxTimeMS: this.database.commandTimeoutMs });
  }

  async ofUnits(units: readonly UnitCode[]): Promise<readonly PartialMeasures[]> {
    const found = await this.collection()
      .find({ unit: { $in: [...units] } }, this.only({ unit: 1, partition: 1, periods: 1 }))
      .toArray();
    return found.map(toPartial);
  }

  private collection() {
    return this.database.collection<PartialDocument>(COLLECTION);
  }

  private only(fields: Readonly<Record<string, 1>>) {
    return { projection: fields, maxTimeMS: this.database.commandTimeoutMs };
  }
}

function idOf({ unit, partition }: PartialMeasures): string {
  return `${unit}|${partition}`;
}

function toContent({ unit, partition, periods }: PartialMeasures): PartialContent {
  return { unit, partition, periods: JSON.stringify(periods) };
}

function toPartial({ unit, partition, periods }: PartialContent): PartialMeasures {
  return { unit, partition, periods: typeof periods === 'string' ? JSON.parse(periods) as PartialMeasures['periods'] : periods };
}
