import { AggregateStore, openMongo, type MongoDatabase } from '@index766/platform-mongo';
import type { Logger } from '@index766/platform-observability';

import type { MaintenanceConfig } from '../aggregator.config';
import { decisionDatabaseOf } from '../decision-database';
import type { DecisionFields } from '../decisions/adapters/decision.document';
import { DECISION_COLLECTION, MongoDecisions } from '../decisions/adapters/mongo-decisions';
import { ComputeEdition, EditionFigures } from '../editions';
import { editionSeal } from '../editions/adapters/edition-keys';
import { MongoEditions } from '../editions/adapters/mongo-editions';
import { LateLists } from '../lateness';
import type { GenerationStores } from './generation-stores';

/** What was published, opened beside the members, to be computed again. */
export class PublishedEditions {
  private constructor(
    private readonly database: MongoDatabase,
    readonly decisions: MongoDecisions,
    readonly computeEdition: ComputeEdition,
  ) {}

  static async open({ mongo }: MaintenanceConfig, stores: GenerationStores, log: Logger): Promise<PublishedEditions> {
    const reference = await stores.readReference();
    const database = await openMongo({ ...mongo, database: decisionDatabaseOf(mongo.database) }, { log });
    // Decisions are read here and none is taken: no document gets a slot.
    const decisions = new MongoDecisions(new AggregateStore<DecisionFields>(database, { collection: DECISION_COLLECTION, slotOf: () => 0 }), database);
    const figures = new EditionFigures({
      cases: stores.cases.ledger, petitions: stores.petitions.ledger, reference, decisions,
      // It was read just now, whole.
      readReference: () => Promise.resolve(),
      lateLists: new LateLists({ decisions }), units: () => stores.partials.units(),
    });
    const computeEdition = new ComputeEdition({ store: new MongoEditions(database), decisions, hashOf: editionSeal(undefined).hashOf, figures: () => figures });
    return new PublishedEditions(database, decisions, computeEdition);
  }

  close(): Promise<void> {
    return this.database.close();
  }
}
