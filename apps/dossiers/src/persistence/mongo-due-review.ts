import { instantOf, type DossierId } from '@index766/kernel';
import type { FencedDocuments, MongoDatabase } from '@index766/platform-mongo';
import type { FencedProgress, MovingDossiers, ReviewProgress, ReviewProgressStore } from '../application/review-due-dates';
import { DOSSIER_COLLECTION } from './mongo-dossiers';

export const REVIEW_COLLECTION = 'due_reviews';

const PROGRESS_ID = 'due-dates';

export interface ReviewContent {
  readonly doneFor: number;
  readonly againFrom?: Date;
  readonly running?: { readonly for: number; readonly after?: string; readonly member: string; readonly until: Date };
}

export class MongoReviewProgress implements ReviewProgressStore {
  constructor(private readonly documents: Pick<FencedDocuments<ReviewContent>, 'findMany' | 'replaceMany'>) {}

  async load(): Promise<FencedProgress> {
    const found = (await this.documents.findMany([PROGRESS_ID])).get(PROGRESS_ID);
    return found === undefined ? { rev: 0, progress: { doneFor: 0 } } : { rev: found.rev, progress: toProgress(found.content) };
  }

  async save(rev: number, progress: ReviewProgress): Promise<FencedProgress | undefined> {
    const lost = await this.documents.replaceMany([{ id: PROGRESS_ID, rev, content: toContent(progress) }]);
    return lost.size > 0 ? undefined : { rev: rev + 1, progress };
  }
}

/** Ids by the index `moving_by_id`. */
export class MongoMovingDossiers implements MovingDossiers {
  constructor(private readonly database: MongoDatabase) {}

  async pageAfter(after: DossierId | undefined, size: number): Promise<readonly DossierId[]> {
    const found = await this.database
      .collection<{ _id: string; moving?: true }>(DOSSIER_COLLECTION)
      .find(
        { moving: true, ...(after === undefined ? {} : { _id: { $gt: after } }) },
        { projection: { _id: 1 }, sort: { _id: 1 }, limit: size, maxTimeMS: this.database.commandTimeoutMs },
      )
      .toArray();
    return found.map(({ _id }) => _id as DossierId);
  }
}

function toProgress({ doneFor, againFrom, running }: ReviewContent): ReviewProgress {
  const done = { doneFor, ...(againFrom === undefined ? {} : { againFrom: instantOf(againFrom.getTime()) }) };
  if (running === undefined) return done;
  const { after, until, ...rest } = running;
  return { ...done, running: { ...rest, until: instantOf(until.getTime()), ...(after === undefined ? {} : { after: after as DossierId }) } };
}

function toContent({ doneFor, againFrom, running }: ReviewProgress): ReviewContent {
  return {
    doneFor,
    ...(againFrom === undefined ? {} : { againFrom: new Date(againFrom) }),
    ...(running === undefined ? {} : { running: { ...running, until: new Date(running.until) } }),
  };
}
