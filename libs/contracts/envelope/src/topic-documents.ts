import { asyncApiOf } from './async-api';
import type { TopicContract } from './contract';
import { publishedSchemaOf } from './published-schemas';

/** What the document of all services says of itself. */
export const ALL_TOPICS_HEAD = {
  title: 'Index 766: public topics',
  description: 'The facts of six services and the results that the aggregator makes of them, for other services to read. CloudEvents 1.0 in Kafka binary mode.',
};

/**
 * What is published about the public topics among these, by its path: the AsyncAPI document, and of each fact its JSON Schema
 * and its example. The same is served by the owner of the topics and lies in the repository.
 */
export function topicDocuments(
  head: { readonly title: string; readonly description: string }, topics: readonly TopicContract[],
): Readonly<Record<string, unknown>> {
  const published = topics.filter(({ visibility }) => visibility === 'public');
  const facts = published.flatMap((topic) => topic.facts);
  return {
    '/asyncapi.json': asyncApiOf(head, published),
    ...Object.fromEntries(facts.map((fact) => [`/schemas/${fact.type}.json`, publishedSchemaOf(fact)])),
    ...Object.fromEntries(facts.map((fact) => [`/examples/${fact.type}.json`, fact.example])),
  };
}
