import type { z } from 'zod';

/** One published fact or record: its CloudEvents type, the schema of its data, and a golden example of that data. */
export interface FactContract<Type extends string = string, Data = unknown> {
  /** `<producer>.<fact-name>.v<N>`; a new optional field stays in the version, anything else is a new one. */
  readonly type: Type;
  readonly schema: z.ZodType<Data>;
  readonly example: Data;
}

export type Visibility = 'public' | 'restricted' | 'internal';

/** One topic: its name is written here and nowhere else. */
export interface TopicContract<Fact extends FactContract = FactContract> {
  /** `<producer>.<visibility>.<subject>.v<N>` */
  readonly name: string;
  readonly producer: string;
  readonly visibility: Visibility;
  /** What the key of a record is: `dossier id`, `unit code`. */
  readonly keyedBy: string;
  /** `dossier`: as many partitions as every topic keyed by dossier; `reference`: one partition. */
  readonly partitions: 'dossier' | 'reference';
  /**
   * `forever`: a source of truth, never deleted; `compacted`: the last record of a key stays, a tombstone erases it;
   * `day`: work to be distributed, worthless once it is done.
   */
  readonly retention: 'forever' | 'compacted' | 'day';
  readonly facts: readonly Fact[];
}

/** The topics among what a contract library exports, so that nobody has to list them a second time. */
export function topicsIn(exported: object): readonly TopicContract[] {
  return Object.values(exported).filter((value: unknown): value is TopicContract => (
    typeof value === 'object' && value !== null && 'name' in value && 'facts' in value && Array.isArray(value.facts)
  ));
}

/** The data that a contract's records carry. */
export type DataOf<Fact extends FactContract> = Fact extends FactContract<string, infer Data> ? Data : never;

export type FactOfTopic<Topic extends TopicContract> = Topic extends TopicContract<infer Fact> ? Fact : never;

const FACT_TYPE = /^[a-z]+(?:-[a-z]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*\.v[1-9]\d*$/;
const TOPIC_NAME = /^([a-z-]+)\.(public|restricted|internal)\.[a-z-]+\.v[1-9]\d*$/;

/**
 * Defines one fact. Throws when the type is misspelt or the example does not satisfy the schema: such a contract must
 * not load.
 */
export function defineFact<const Type extends string, Schema extends z.ZodType>(definition: {
  readonly type: Type;
  readonly schema: Schema;
  /** Golden example of the wire form, from the JSON file beside the schema. */
  readonly example: unknown;
}): FactContract<Type, z.output<Schema>> {
  if (!FACT_TYPE.test(definition.type)) throw new Error(`fact type ${definition.type} is not <producer>.<name>.v<N>`);
  const example = definition.schema.safeParse(definition.example);
  if (!example.success) throw new Error(`the example of ${definition.type} does not satisfy its schema`);
  return {
    type: definition.type,
    schema: definition.schema as z.ZodType<z.output<Schema>>,
    example: example.data,
  };
}

/** Defines one topic. Throws when the name does not agree with producer and visibility, or a type is there twice. */
export function defineTopic<const Fact extends FactContract>(topic: TopicContract<Fact>): TopicContract<Fact> {
  const [, producer, visibility] = TOPIC_NAME.exec(topic.name) ?? [];
  if (producer !== topic.producer || visibility !== topic.visibility) {
    throw new Error(`topic ${topic.name} is not <producer>.<visibility>.<subject>.v<N> of ${topic.producer}`);
  }
  const types = topic.facts.map((fact) => fact.type);
  if (new Set(types).size !== types.length) throw new Error(`topic ${topic.name} lists a fact type twice`);
  const foreign = types.find((type) => !type.startsWith(`${topic.producer}.`));
  if (foreign !== undefined) throw new Error(`topic ${topic.name} lists ${foreign}, which another producer owns`);
  return topic;
}
