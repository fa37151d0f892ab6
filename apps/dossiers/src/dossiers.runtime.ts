import { createSecretKey, randomUUID } from 'node:crypto';
import type { CalendarVersioned, UnitVersioned } from '@index766/contracts-catalog';
import { dossierTopic, intakeTopic, officerSeenTopic, sourceTopic } from '@index766/contracts-dossiers';
import { FactService, FactServiceBasis } from '@index766/platform-facts';
import { FencedDocuments, foldBack, type ReferenceCache } from '@index766/platform-mongo';
import type { Logger, Metrics } from '@index766/platform-observability';
import { CachedVersions, KnownRecords, UnitScope, type ReferenceContent } from '@index766/platform-reference';
import { CommandDossier } from './application/command-dossier';
import { CompleteSource } from './application/complete-source';
import { HearSource } from './application/hear-source';
import { Reference, type ProcedureTerms } from './application/reference';
import { ReviewDueDates } from './application/review-due-dates';
import { TakePush } from './application/take-push';
import { REFERENCE_TOPICS } from './consumers/reference-topics';
import { DossierMetrics } from './dossier-metrics';
import type { DossiersConfig } from './dossiers.config';
import { DueReviewTicker } from './due-review-ticker';
import { OfficerPseudonyms } from './intake/officer-pseudonyms';
import { foldBackFacts, foldBackIntake } from './persistence/dossier-fold-back';
import type { DossierFields } from './persistence/dossier.mapper';
import { DOSSIER_COLLECTION, MongoDossiers } from './persistence/mongo-dossiers';
import { MongoDueMoves } from './persistence/mongo-due-moves';
import { MongoMovingDossiers, MongoReviewProgress, REVIEW_COLLECTION, type ReviewContent } from './persistence/mongo-due-review';
import { MongoSeenOfficers, OFFICER_COLLECTION, foldBackOfficers, type OfficerFields } from './persistence/mongo-seen-officers';
import { MongoSources, SOURCE_COLLECTION, foldBackSources, type SourceFields } from './persistence/mongo-sources';
import { DueDateChanges } from './queries/due-date-changes';
import { ShowDossier } from './queries/show-dossier';
import { WhatIfCalendar } from './queries/what-if-calendar';

export interface DossiersUseCases {
  readonly takePush: TakePush;
  readonly hearSource: HearSource;
  readonly completeSource: CompleteSource;
  readonly commandDossier: CommandDossier;
  readonly showDossier: ShowDossier;
  readonly dueDateChanges: DueDateChanges;
  readonly whatIfCalendar: WhatIfCalendar;
  readonly scope: UnitScope;
  readonly pseudonyms: OfficerPseudonyms;
  readonly metrics: DossierMetrics;
}

/** Opens the database, loads the reference and puts everything together: the only place that knows ports and adapters. */
export async function openDossiers(config: DossiersConfig, log: Logger, metrics: Metrics): Promise<FactService<DossiersUseCases>> {
  const basis = await FactServiceBasis.open({ name: 'dossiers', collections: [OFFICER_COLLECTION, SOURCE_COLLECTION, DOSSIER_COLLECTION], config, log, metrics });
  const { database, clock } = basis;
  const dossierStore = basis.store<DossierFields>(DOSSIER_COLLECTION);
  const officerStore = basis.store<OfficerFields>(OFFICER_COLLECTION);
  const sourceStore = basis.store<SourceFields>(SOURCE_COLLECTION);
  const dossiers = new MongoDossiers(dossierStore);
  const officers = new MongoSeenOfficers(officerStore);
  const sources = new MongoSources(sourceStore);
  const followed = await basis.followReference(REFERENCE_TOPICS, [...dossiers.indexes, ...officerStore.indexes, ...sourceStore.indexes]);
  const reference = referenceOf(followed.cache, config.calendarId);
  const dossierMetrics = new DossierMetrics(metrics);
  const moving = new MongoMovingDossiers(database);
  const review = new ReviewDueDates(
    dossiers, moving,
    new MongoReviewProgress(new FencedDocuments<ReviewContent>(database, REVIEW_COLLECTION)), reference, clock, randomUUID(),
  );
  return new FactService(basis, {
    writes: [
      foldBack({ topic: officerSeenTopic, store: officerStore, foldBack: foldBackOfficers }),
      foldBack({ topic: sourceTopic, store: sourceStore, foldBack: foldBackSources }),
      foldBack({ topic: dossierTopic, store: dossierStore, foldBack: foldBackFacts }),
      foldBack({ topic: intakeTopic, store: dossierStore, foldBack: foldBackIntake }),
    ],
    reference: followed,
    tickers: [new DueReviewTicker(review, dossierMetrics, log)],
    useCases: {
      takePush: new TakePush(dossiers, officers, reference, clock),
      hearSource: new HearSource(sources, clock),
      completeSource: new CompleteSource(sources, clock),
      commandDossier: new CommandDossier(dossiers, officers, reference, clock),
      showDossier: new ShowDossier(dossiers, reference, clock),
      dueDateChanges: new DueDateChanges(new MongoDueMoves(database)),
      whatIfCalendar: new WhatIfCalendar(dossiers, moving, reference, clock),
      scope: new UnitScope(reference, clock),
      pseudonyms: new OfficerPseudonyms(createSecretKey(Buffer.from(config.pseudonymKey.reveal()))),
      metrics: dossierMetrics,
    },
  });
}

function referenceOf(cache: ReferenceCache<ReferenceContent>, calendarId: string): Reference {
  const known = new KnownRecords(cache);
  const sources = {
    units: new CachedVersions<UnitVersioned>(cache, 'unit'),
    procedures: new CachedVersions<ProcedureTerms>(cache, 'procedure'),
    calendars: new CachedVersions<CalendarVersioned>(cache, 'calendar'),
    get knownRecords() {
      return known.count;
    },
    fresh: () => cache.fresh(),
  };
  return new Reference(sources, calendarId);
}
