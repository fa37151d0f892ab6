import type { Result } from '@index766/kernel';
import { FencedDocuments, type MongoDatabase } from '@index766/platform-mongo';

import { FIRST_STATE, type GenerationState } from '../generation-state';
import type { GenerationStore } from '../generation-store';

export const GENERATION_COLLECTION = 'generations';
const ID = 'state';

/** One document in the database of the plain name, where members of every generation find it. */
export class MongoGenerationStore implements GenerationStore {
  private readonly documents: FencedDocuments<GenerationState>;

  constructor(database: MongoDatabase) {
    this.documents = new FencedDocuments(database, GENERATION_COLLECTION);
  }

  async read(): Promise<GenerationState> {
    return (await this.find()).content;
  }

  async update<State extends GenerationState>(change: (state: GenerationState) => Result<State>): Promise<Result<State>> {
    for (;;) {
      const { rev, content } = await this.find();
      const changed = change(content);
      if (!changed.ok) return changed;
      const lost = await this.documents.replaceMany([{ id: ID, rev, content: changed.value }]);
      if (lost.size === 0) return changed;
    }
  }

  private async find(): Promise<{ readonly rev: number; readonly content: GenerationState }> {
    return (await this.documents.findMany([ID])).get(ID) ?? { rev: 0, content: FIRST_STATE };
  }
}
