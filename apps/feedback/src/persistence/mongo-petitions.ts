import type { PetitionId, UnitCode } from '@index766/kernel';
import type { PetitionFact } from '@index766/petition-life';
import { retrying, type AggregateStore, type IndexDeclaration, type MongoDatabase } from '@index766/platform-mongo';
import type { PetitionPage, Petitions } from '../application/ports';
import type { Petition } from '../domain/petition';
import { petitionRecord } from '../publishing/feedback.records';
import { MongoDocuments } from './mongo-documents';
import { petitionFields, reconstitutePetition, type PetitionFields } from './petition.mapper';

export const PETITION_COLLECTION = 'petitions';

interface PetitionRow extends PetitionFields {
  readonly _id: PetitionId;
}

/** Petitions as documents. */
export class MongoPetitions implements Petitions {
  readonly indexes: readonly IndexDeclaration[];
  readonly find: Petitions['find'];
  readonly update: Petitions['update'];
  readonly findByToken: Petitions['findByToken'];

  constructor(private readonly store: AggregateStore<PetitionFields>, private readonly database: MongoDatabase) {
    const documents = new MongoDocuments<PetitionId, PetitionFields, Petition, PetitionFact>(store, database, {
      reconstitute: reconstitutePetition,
      fieldsOf: petitionFields,
      recordOf: petitionRecord,
      tokenQuery: 'POST /v1/answer-ratings: the petition that a token was issued for',
    });
    this.find = (id) => documents.find(id);
    this.update = (id, decide) => documents.update(id, decide);
    this.findByToken = (hash) => documents.findByToken(hash);
    this.indexes = [
      ...documents.indexes,
      {
        collection: store.outbox.collection, name: 'todo_by_unit', keys: { todoOf: 1, _id: 1 }, sparse: true,
        query: 'GET /v1/units/{unit}/petitions: what a unit has left to do, page by page',
      },
      {
        collection: store.outbox.collection, name: 'links_pending', keys: { linksPending: 1, _id: 1 }, sparse: true,
        query: 'the ticker of links: petitions that others have to learn of',
      },
    ];
  }

  async pageInWork(unit: UnitCode, after: PetitionId | undefined, limit: number): Promise<PetitionPage> {
    const rows = await retrying(
      () => this.rows()
        .find({ todoOf: unit, ...(after === undefined ? {} : { _id: { $gt: after } }) }, {
          projection: { facts: 1, memory: 1, texts: 1 }, maxTimeMS: this.database.commandTimeoutMs,
        })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray(),
      this.database.retry,
    );
    return {
      items: rows.map((row) => reconstitutePetition(row._id, row)),
      next: rows.length < limit ? null : (rows.at(-1)?._id ?? null),
    };
  }

  async findWithPendingLinks(limit: number): Promise<readonly PetitionId[]> {
    const rows = await retrying(
      () => this.rows()
        .find({ linksPending: true }, { projection: { _id: 1 }, maxTimeMS: this.database.commandTimeoutMs })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray(),
      this.database.retry,
    );
    return rows.map(({ _id }) => _id);
  }

  private rows() {
    return this.database.collection<PetitionRow>(this.store.outbox.collection);
  }
}
