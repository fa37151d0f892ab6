import { takeStatement } from '@index766/intake';
import type { DossierId, UnitCode } from '@index766/kernel';
import { emptyDocuments, unchanged, type DocumentsChange } from '../domain/documents-state';
import type { StatedPapers, StatedResult } from '../domain/stated-papers';
import type { IntakeRecord } from '../domain/take-intake';
import { END, RECEIPT, october } from './dossier-records';

export const DOSSIER = 'H44.114-20261005-0001' as DossierId;

interface Said {
  readonly sequence?: number;
  readonly latestAt?: string;
  readonly status?: number;
  readonly recordedAt?: string;
  readonly papers?: Partial<Omit<StatedPapers, 'occurredAt'>>;
  /** When the source says that the dossier was received. */
  readonly receivedAt?: string;
  readonly results?: readonly StatedResult[];
  readonly backfill?: boolean;
}

/** A record of the intake topic; days of October: `05 08:30`. */
export function intakeOf({ sequence = 1, latestAt = '05 08:30', status = 0, recordedAt = '05 09:00', papers, receivedAt, results, backfill = false }: Said = {}): IntakeRecord {
  return {
    sequence, backfill, recordedAt: october(recordedAt),
    fingerprint: JSON.stringify([sequence, latestAt, status, papers, receivedAt, results]),
    rank: { latestAt: october(latestAt), status, sequence },
    papers: papers && { components: [], databases: [], ...papers, occurredAt: receivedAt === undefined ? RECEIPT : october(receivedAt) },
    results: results && { occurredAt: END, documents: results },
  };
}

/** A dossier that has been received. */
export function knownDossier(): DocumentsChange {
  return unchanged(takeStatement(unchanged(emptyDocuments(DOSSIER)), { sequence: 2, occurredAt: RECEIPT, unit: 'H44.114' as UnitCode }).change.state);
}
