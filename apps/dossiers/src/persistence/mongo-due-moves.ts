import type { DossierId } from '@index766/kernel';
import type { MongoDatabase } from '@index766/platform-mongo';
import type { DueMoves, MovedDossier } from '../queries/due-date-changes';
import { toMove, type StoredMove } from './dossier.mapper';
import { DOSSIER_COLLECTION } from './mongo-dossiers';

/** By the index `moved_by_cause`. */
export class MongoDueMoves implements DueMoves {
  constructor(private readonly database: MongoDatabase) {}

  async pageOf(causedBy: string, after: DossierId | undefined, size: number): Promise<readonly MovedDossier[]> {
    const found = await this.database
      .collection<{ _id: string; moves?: readonly StoredMove[] }>(DOSSIER_COLLECTION)
      .find(
        { 'moves.causedBy': { $eq: causedBy, $exists: true }, ...(after === undefined ? {} : { _id: { $gt: after } }) },
        { projection: { moves: 1 }, sort: { _id: 1 }, limit: size, maxTimeMS: this.database.commandTimeoutMs },
      )
      .toArray();
    return found.map(({ _id, moves = [] }) => ({ dossier: _id as DossierId, moves: moves.map(toMove) }));
  }
}
