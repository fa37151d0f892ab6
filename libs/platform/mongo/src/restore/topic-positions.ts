import { instantOf } from '@index766/kernel';
import type { MongoDatabase } from '../connection/mongo-database';
import { FencedDocuments } from '../documents/fenced-documents';
import { withPosition, type PositionHistory } from './position-history';

/** A place in a topic: the offset of the next record. */
export interface TopicPosition {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

interface PositionsContent {
  readonly history: readonly { readonly at: Date; readonly isFinal?: true; readonly offsets: readonly { readonly topic: string; readonly offset: string }[] }[];
}

export const POSITION_COLLECTION = 'topic_positions';

/** Up to where a service's documents reflect its own topics, by slot, in its own database: a copy of it has them too. */
export class TopicPositions {
  readonly #documents: FencedDocuments<PositionsContent>;

  /** @param service names the documents */
  constructor(
    private readonly database: MongoDatabase,
    private readonly service: string,
    private readonly slots: number,
  ) {
    this.#documents = new FencedDocuments(database, POSITION_COLLECTION);
  }

  /** By slot; slots of which nothing was written down have an empty history. */
  async load(): Promise<readonly PositionHistory[]> {
    const found = await this.#documents.findMany(this.#allSlots().map((slot) => this.#idOf(slot)));
    return this.#allSlots().map((slot) => historyOf(found.get(this.#idOf(slot))?.content));
  }

  /**
   * Writes down ends of partitions that were asked for before the call: what stands below them was sent from documents.
   * Another member that is faster with a slot has said as much.
   *
   * @param isFinal nobody writes documents any more
   */
  async record(ends: readonly TopicPosition[], isFinal: boolean): Promise<void> {
    const at = await this.database.serverNow();
    const slots = [...new Set(ends.map(({ partition }) => partition))];
    const found = await this.#documents.findMany(slots.map((slot) => this.#idOf(slot)));
    await this.#documents.replaceMany(slots.map((slot) => {
      const id = this.#idOf(slot);
      const known = found.get(id);
      const offsets = new Map(ends.filter(({ partition }) => partition === slot).map(({ topic, offset }) => [topic, offset]));
      return { id, rev: known?.rev ?? 0, content: contentOf(withPosition(historyOf(known?.content), { at, offsets, isFinal })) };
    }));
  }

  #allSlots(): readonly number[] {
    return Array.from({ length: this.slots }, (_, slot) => slot);
  }

  #idOf(slot: number): string {
    return `${this.service}/${slot}`;
  }
}

function historyOf(content: PositionsContent | undefined): PositionHistory {
  return (content?.history ?? []).map(({ at, offsets, isFinal }) => ({
    at: instantOf(at.getTime()),
    isFinal: isFinal === true,
    offsets: new Map(offsets.map(({ topic, offset }) => [topic, BigInt(offset)])),
  }));
}

function contentOf(history: PositionHistory): PositionsContent {
  return {
    history: history.map(({ at, offsets, isFinal }) => ({
      at: new Date(at),
      ...(isFinal ? { isFinal } : {}),
      offsets: [...offsets].map(([topic, offset]) => ({ topic, offset: String(offset) })),
    })),
  };
}
