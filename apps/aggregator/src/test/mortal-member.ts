import type { OutgoingRecord, RecordSender } from '@index766/platform-kafka';
import type { MongoDatabase } from '@index766/platform-mongo';

/** Methods of a collection that change nothing; whatever else is called is something that a member does. */
const READS: ReadonlySet<PropertyKey> = new Set(['find', 'findOne', 'aggregate', 'distinct', 'countDocuments', 'estimatedDocumentCount', 'indexes', 'listIndexes']);

/** Something that a member did to the outside: `bulkWrite decisions`, `send edition.v1 late-officers.v1`. */
export interface Effect {
  readonly name: string;
  /** Documents or records: of several a part may be there when it dies. */
  readonly size: number;
}

/** Before it does something, after it, or when a part of it is done; asleep: it does it, much later than it began. */
export type Fate = 'killed before' | 'killed in the middle of' | 'killed after' | 'asleep before';

interface Doing extends Effect {
  readonly whole: () => Promise<unknown>;
  /** The first part of it. */
  readonly part: () => Promise<unknown>;
}

/**
 * What a member does to a database and a broker, and where it dies: it does nothing more from then on, whoever waits for it. Reads
 * are no effects, and fail when it is dead.
 */
export class MortalMember {
  readonly effects: Effect[] = [];
  private isDead = false;

  /**
   * @param at of its effects, from 1; 0: it lives on
   * @param meanwhile what others do while it is asleep
   */
  constructor(private readonly at = 0, private readonly fate: Fate = 'killed before', private readonly meanwhile: () => Promise<void> = () => Promise.resolve()) {}

  on(database: MongoDatabase): MongoDatabase {
    return new Proxy(database, {
      get: (target, name) => {
        if (name === 'collection') return (collection: string) => this.onCollection(target.collection(collection), collection);
        const member: unknown = Reflect.get(target, name, target);
        return typeof member === 'function' ? (...args: readonly unknown[]): unknown => Reflect.apply(member, target, args) : member;
      },
    });
  }

  sendingTo(sender: RecordSender): RecordSender {
    return {
      send: async (records: readonly OutgoingRecord[]) => {
        const topics = [...new Set(records.map(({ topic }) => topic.replace('aggregator.public.', '')))];
        await this.perform({
          name: `send ${topics.join(' ')}`, size: records.length,
          whole: () => sender.send(records), part: () => sender.send(records.slice(0, Math.ceil(records.length / 2))),
        });
      },
    };
  }

  private onCollection<Collection extends object>(collection: Collection, name: string): Collection {
    return new Proxy(collection, {
      get: (target, method) => {
        const member: unknown = Reflect.get(target, method, target);
        if (typeof member !== 'function') return member;
        return (...args: readonly unknown[]): unknown => {
          this.dieIfDead();
          if (READS.has(method)) return Reflect.apply(member, target, args);
          const [operations, ...options] = args;
          const several = Array.isArray(operations) ? (operations as readonly unknown[]) : [];
          return this.perform({
            name: `${String(method)} ${name}`, size: Math.max(1, several.length),
            whole: () => Reflect.apply(member, target, args) as Promise<unknown>,
            part: () => Reflect.apply(member, target, [several.slice(0, Math.ceil(several.length / 2)), ...options]) as Promise<unknown>,
          });
        };
      },
    });
  }

  private async perform({ name, size, whole, part }: Doing): Promise<unknown> {
    this.dieIfDead();
    this.effects.push({ name, size });
    const fate = this.effects.length === this.at ? this.fate : undefined;
    if (fate === 'asleep before') await this.meanwhile();
    if (fate === 'killed before') this.die();
    if (fate === 'killed in the middle of') {
      await part();
      this.die();
    }
    const done = await whole();
    if (fate === 'killed after') this.die();
    return done;
  }

  private die(): never {
    this.isDead = true;
    throw new Error('CRASHED');
  }

  private dieIfDead(): void {
    if (this.isDead) throw new Error('CRASHED');
  }
}
