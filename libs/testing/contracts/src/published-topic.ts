import type { z } from 'zod';

/** What the checks need of a fact's contract; `FactContract` of contracts-envelope fits. */
export interface PublishedFact {
  /** `<producer>.<name>.v<N>` */
  readonly type: string;
  readonly schema: z.ZodType;
}

/** What the checks need of a topic; `TopicContract` of contracts-envelope fits. */
export interface PublishedTopic {
  readonly name: string;
  readonly facts: readonly PublishedFact[];
}

/** Every fact once, though it may travel on several topics. */
export function factsOf(topics: readonly PublishedTopic[]): readonly PublishedFact[] {
  const byType = new Map(topics.flatMap(({ facts }) => facts).map((fact) => [fact.type, fact]));
  return [...byType.values()];
}
