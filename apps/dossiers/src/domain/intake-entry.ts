import type { DossierId, Instant } from '@index766/kernel';
import type { IntakeParts } from './intake-parts';
import type { SnapshotRank } from './snapshot';

/** Parts of an accepted snapshot on their way to the services that own them. */
export interface IntakeEntry {
  readonly dossier: DossierId;
  readonly recordedAt: Instant;
  readonly rank: SnapshotRank;
  readonly parts: IntakeParts;
  /** When the payment and document facts happened, by the rule for instants that a push does not state. */
  readonly receivedAt: Instant;
  /** The same for results. */
  readonly resultAt: Instant;
  readonly backfill: boolean;
}
