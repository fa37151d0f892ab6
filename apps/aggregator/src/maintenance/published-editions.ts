import { ok } from '@index766/kernel';
import { AggregateStore, openMongo, type MongoDatabase } from '@index766/platform-mongo';
import type { Logger } from '@index766/platform-observability';

import type { MaintenanceConfig } from '../aggregator.config';
import { decisionDatabaseOf } from '../decision-database';
import type { DecisionFields } from '../decisions/adapters/decision.document';
import { DECISION_COLLECTION, MongoDecisions } from '../decisions/adapters/mongo-decisions';
import { EditionFigures, PublishEdition } from '../editions';
import { editionSeal } from '../editions/adapters/edition-keys';
import { MongoEditions } from '../editions/adapters/mongo-editions';
import { LateLists } from '../lateness';
import type { GenerationStores } from './generation-stores';

/** What was published, opened beside the members, to be computed again. Publishes nothing: it has no key. */
export class PublishedEditions {
  private constructor(
    private readonly database: MongoDatabase,
    readonly decisions: MongoDecisions,
    readonly publishEdition: PublishEdition,
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
    const publishEdition = new PublishEdition({
      store: new MongoEditions(database), decisions, seal: editionSeal(undefined), figures: () => figures, announce: () => Promise.resolve(),
      takeDecision: { execute: ({ key }) => Promise.resolve(ok({ key, sequence: 0, recordedAt: '', recorded: 0 })) },
    });
    return new PublishedEditions(database, decisions, publishEdition);
  }

  close(): Promise<void> {
    return this.database.close();
  }
}
