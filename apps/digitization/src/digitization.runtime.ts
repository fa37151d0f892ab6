import { versionBegun, type UnitVersioned } from '@index766/contracts-catalog';
import { documentTopic } from '@index766/contracts-digitization';
import { dossierTopic, intakeTopic } from '@index766/contracts-dossiers';
import { FactService, FactServiceBasis } from '@index766/platform-facts';
import { foldBack } from '@index766/platform-mongo';
import type { Logger, Metrics } from '@index766/platform-observability';
import { CachedVersions, UnitScope, UnitTree } from '@index766/platform-reference';
import { CommandDocuments } from './application/command-documents';
import { IntakeBatchHandler } from './consumers/intake.batch-handler';
import { REFERENCE_TOPICS } from './consumers/reference-topics';
import { DigitizationMetrics } from './digitization-metrics';
import type { DigitizationConfig } from './digitization.config';
import { foldBackFacts } from './persistence/documents-fold-back';
import type { DocumentsFields } from './persistence/documents.mapper';
import { DOCUMENT_COLLECTION, MongoDocuments } from './persistence/mongo-documents';
import { ShowDocuments } from './queries/show-documents';

export interface DigitizationUseCases {
  readonly commandDocuments: CommandDocuments;
  readonly showDocuments: ShowDocuments;
  readonly scope: UnitScope;
  readonly metrics: DigitizationMetrics;
}

/** Opens the database, loads the reference and puts everything together: the only place that knows ports and adapters. */
export async function openDigitization(
  config: DigitizationConfig, log: Logger, metrics: Metrics,
): Promise<FactService<DigitizationUseCases>> {
  const basis = await FactServiceBasis.open({ name: 'digitization', collections: [DOCUMENT_COLLECTION], config, log, metrics });
  const { clock } = basis;
  const store = basis.store<DocumentsFields>(DOCUMENT_COLLECTION);
  const documents = new MongoDocuments(store);
  const reference = await basis.followReference(REFERENCE_TOPICS, documents.indexes);
  const units = new UnitTree(new CachedVersions<UnitVersioned>(reference.cache, 'unit'), versionBegun);
  const digitizationMetrics = new DigitizationMetrics(metrics);
  const intake = new IntakeBatchHandler(documents, (newFacts) => digitizationMetrics.pushesTaken(newFacts));
  return new FactService(basis, {
    writes: [foldBack({ topic: documentTopic, store, foldBack: foldBackFacts })],
    reference,
    reads: [basis.read('digitization.intake', [intakeTopic, dossierTopic], intake)],
    useCases: {
      commandDocuments: new CommandDocuments(documents, clock),
      showDocuments: new ShowDocuments(documents, clock),
      scope: new UnitScope(units, clock),
      metrics: digitizationMetrics,
    },
  });
}
