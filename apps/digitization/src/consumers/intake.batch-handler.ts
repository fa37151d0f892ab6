import { dossierTopic, intakeTopic } from '@index766/contracts-dossiers';
import type { DocumentFact } from '@index766/document-life';
import { takeStatement, type Taken } from '@index766/intake';
import { refused, type DossierId, type Result } from '@index766/kernel';
import { AggregateBatchHandler } from '@index766/platform-facts';
import type { IncomingRecord } from '@index766/platform-kafka';
import { emptyDocuments, type DocumentsChange, type DocumentsState } from '../domain/documents-state';
import { takeIntake } from '../domain/take-intake';
import { readIntake, readUnit, type Arrived } from './intake.reader';

/**
 * Takes in what pushes pass on about papers, and which dossiers there are: the parts of pushes and the facts of dossiers'
 * lives, from the beginning of both topics. Group `digitization.intake`.
 */
export class IntakeBatchHandler extends AggregateBatchHandler<Arrived, DossierId, DocumentsState, DocumentFact> {
  readonly topics = [intakeTopic.name, dossierTopic.name];

  decode(record: IncomingRecord): Result<Arrived> | 'ignored' {
    switch (record.topic) {
      case intakeTopic.name:
        return readIntake(record);
      case dossierTopic.name:
        return readUnit(record);
      default:
        return refused('CONTRACT.UNKNOWN_TOPIC', 'nothing about papers comes from this topic', 'topic');
    }
  }

  keyOf({ dossier }: Arrived): DossierId {
    return dossier;
  }

  protected traceOf({ traceparent }: Arrived): string | undefined {
    return traceparent;
  }

  protected empty(dossier: DossierId): DocumentsState {
    return emptyDocuments(dossier);
  }

  protected take(change: DocumentsChange, item: Arrived): Taken<DocumentsChange> {
    return item.kind === 'intake' ? takeIntake(change, item.record) : takeStatement(change, item.statement);
  }
}
