import { markTopic } from '@index766/contracts-aggregator';
import type { CaseView } from '@index766/index-766';
import { ReferenceCache, ReferenceCollection, ensureIndexes, openMongo, type Fenced, type MongoDatabase } from '@index766/platform-mongo';
import type { Logger } from '@index766/platform-observability';

import type { MaintenanceConfig } from '../aggregator.config';
import { databaseOf, groupIdOf, type Generation } from '../generations';
import { CASES, LEDGER_TOPICS, PETITIONS, type KnownPetition } from '../ledger';
import { ARRIVAL_INDEXES, MongoArrivals } from '../ledger/adapters/mongo-arrivals';
import { measureCasesBy, measurePetitionsBy } from '../measures';
import { MongoPartialMeasures, PARTIAL_MEASURES_INDEXES } from '../measures/adapters/mongo-partial-measures';
import { REFERENCE_TOPICS, Reference } from '../reference';
import { CachedReferenceRecords } from '../reference/adapters/cached-reference-records';
import { MongoReferenceStore, REFERENCE_COLLECTION, type ReferenceContent } from '../reference/adapters/mongo-reference';
import { MongoScores } from '../scores/adapters/mongo-scores';
import type { ReadGroup } from './positions';
import { SourceStores } from './source-stores';

/** What one generation has stored, opened beside the members that write it. */
export class GenerationStores {
  readonly cases: SourceStores<CaseView>;
  readonly petitions: SourceStores<KnownPetition>;
  readonly partials: MongoPartialMeasures;
  readonly arrivals: MongoArrivals;
  readonly scores: MongoScores;
  readonly referenceStore: MongoReferenceStore;
  readonly groups: { readonly reference: ReadGroup; readonly ledger: ReadGroup; readonly scores: ReadGroup };
  private readonly reference: ReferenceCollection<ReferenceContent>;

  private constructor(
    readonly generation: Generation,
    readonly database: MongoDatabase,
  ) {
    this.cases = new SourceStores(database, {
      source: 'cases', subject: CASES, entry: 'dossier',
      measureUnitBy: measureCasesBy,
    });
    this.petitions = new SourceStores(database, { source: 'petitions', subject: PETITIONS, entry: 'petition', measureUnitBy: measurePetitionsBy });
    this.arrivals = new MongoArrivals(database);
    this.partials = new MongoPartialMeasures(database);
    this.scores = new MongoScores(database);
    this.reference = new ReferenceCollection<ReferenceContent>(database, REFERENCE_COLLECTION);
    this.referenceStore = new MongoReferenceStore(this.reference);
    this.groups = {
      reference: { id: groupIdOf('aggregator.reference', generation), topics: REFERENCE_TOPICS },
      ledger: { id: groupIdOf('aggregator.ledger', generation), topics: LEDGER_TOPICS.map(({ name }) => name) },
      scores: { id: groupIdOf('aggregator.scores', generation), topics: [markTopic.name] },
    };
  }

  /** Opens the generation's database and makes its collections if it has none yet. */
  static async open({ mongo }: MaintenanceConfig, generation: Generation, log: Logger): Promise<GenerationStores> {
    const database = await openMongo({ ...mongo, database: databaseOf(mongo.database, generation) }, { log });
    const stores = new GenerationStores(generation, database);
    await ensureIndexes(database, [...stores.reference.indexes, ...stores.cases.indexes, ...stores.petitions.indexes, ...ARRIVAL_INDEXES, ...PARTIAL_MEASURES_INDEXES]);
    return stores;
  }

  /** The reference as it is stored now. */
  async readReference(): Promise<Reference> {
    const cache = new ReferenceCache(this.reference);
    await cache.refresh();
    return new Reference(new CachedReferenceRecords(cache));
  }

  async referenceDocuments(): Promise<ReadonlyMap<string, Fenced<ReferenceContent>>> {
    const { documents } = await this.reference.changedSince(undefined);
    return new Map(documents.map((document) => [document.id, document]));
  }

  close(): Promise<void> {
    return this.database.close();
  }
}
