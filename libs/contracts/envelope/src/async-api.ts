import { formatInstant, parseInstant, type Instant } from '@index766/kernel';
import type { FactContract, TopicContract } from './contract';
import { dataSchemaOf, recordId, sourceOf } from './envelope';
import { CONTENT_TYPE, HEADER, SPEC_VERSION } from './headers';
import { asyncApiSchemaOf } from './published-schemas';
import { WATERMARK_KEY, WATERMARK_TYPE, encodeWatermark } from './watermark';

type Json = Readonly<Record<string, unknown>>;

/** Version of the document's form; contracts have versions of their own in the types of their records. */
const DOCUMENT_VERSION = '1.0.0';
const KAFKA_BINDING = '0.5.0';
const EXAMPLE_KEY = 'KEY';
const EXAMPLE_INSTANT = parseInstant('2026-10-05T01:30:00.000Z') as Instant;

const RETENTION = {
  forever: 'Nothing is ever deleted.',
  compacted: 'Compacted: of each key the last record stays; a record without a value erases its key.',
  day: 'Records are kept for a day.',
} as const;

const TEXT = { type: 'string' } as const;
const INSTANT = { type: 'string', format: 'date-time' } as const;

/** The headers of a fact. Other headers may be there and mean nothing to a reader. */
const FACT_HEADERS: Json = {
  type: 'object',
  required: [
    HEADER.specVersion, HEADER.id, HEADER.source, HEADER.type, HEADER.time, HEADER.subject, HEADER.dataSchema, HEADER.partitionKey,
    HEADER.sequence, HEADER.recordedTime, HEADER.contentType,
  ],
  properties: {
    [HEADER.specVersion]: { const: SPEC_VERSION },
    [HEADER.id]: { ...TEXT, description: 'Topic, key and sequence: the same record has the same id however often it is sent.' },
    [HEADER.source]: { ...TEXT, description: 'The service that recorded it.' },
    [HEADER.type]: { ...TEXT, description: 'What happened, with the version of the data.' },
    [HEADER.time]: { ...INSTANT, description: 'When it happened, by the word of its source.' },
    [HEADER.subject]: { ...TEXT, description: 'The key of the record.' },
    [HEADER.dataSchema]: { ...TEXT, description: 'The $id of the JSON Schema of the value.' },
    [HEADER.partitionKey]: { ...TEXT, description: 'The key of the record.' },
    [HEADER.sequence]: { ...TEXT, pattern: '^[1-9][0-9]*$', description: 'Place among the records of its key in this topic, from 1 without gaps; a lower or equal one than was read before is a repetition.' },
    [HEADER.recordedTime]: { ...INSTANT, description: 'When the service recorded it.' },
    [HEADER.correlationId]: TEXT,
    [HEADER.causationId]: TEXT,
    [HEADER.traceparent]: { ...TEXT, description: 'W3C trace context.' },
    [HEADER.contentType]: { const: CONTENT_TYPE },
  },
};

/** A watermark is about a partition and not about a key, so it has neither sequence nor an instant of recording. */
const WATERMARK_HEADERS: Json = {
  type: 'object',
  required: [HEADER.specVersion, HEADER.id, HEADER.source, HEADER.type, HEADER.time, HEADER.contentType],
  properties: { [HEADER.type]: { const: WATERMARK_TYPE }, [HEADER.source]: TEXT, [HEADER.id]: TEXT, [HEADER.time]: INSTANT },
};

/** The AsyncAPI 3.0 document of topics: channels, keys, headers, data, examples. */
export function asyncApiOf({ title, description }: { readonly title: string; readonly description: string }, topics: readonly TopicContract[]): Json {
  return {
    asyncapi: '3.0.0',
    info: { title, version: DOCUMENT_VERSION, description },
    defaultContentType: CONTENT_TYPE,
    servers: {
      broker: {
        host: '{address}',
        protocol: 'kafka',
        description: 'The broker of the installation.',
        variables: { address: { default: '127.0.0.1:7692', description: 'Host and port, as whoever runs the installation gives them.' } },
        security: [{ $ref: '#/components/securitySchemes/account' }],
      },
    },
    channels: byName(topics, ({ name }) => name, channelOf),
    operations: byName(topics, ({ name }) => `send-${name}`, (topic) => ({
      action: 'send', channel: { $ref: `#/channels/${topic.name}` }, summary: `${topic.producer} records ${topic.keyedBy}`,
    })),
    components: {
      securitySchemes: { account: { type: 'scramSha512', description: 'An account that may read these topics, with groups whose names begin with its own and a dot.' } },
      messages: {
        ...Object.fromEntries(topics.flatMap((topic) => topic.facts.map((fact) => [fact.type, messageOf(topic, fact)]))),
        [WATERMARK_TYPE]: watermarkMessage(),
      },
      schemas: { 'fact-headers': FACT_HEADERS, 'watermark-headers': WATERMARK_HEADERS },
    },
  };
}

function byName<Value, Made>(values: readonly Value[], nameOf: (value: Value) => string, make: (value: Value) => Made): Readonly<Record<string, Made>> {
  return Object.fromEntries(values.map((value) => [nameOf(value), make(value)]));
}

function channelOf({ name, keyedBy, retention, facts }: TopicContract): Json {
  const types = [...facts.map(({ type }) => type), WATERMARK_TYPE];
  return {
    address: name,
    title: name,
    description: `Key: ${keyedBy}. Records of one key are in one partition, in order. ${RETENTION[retention]}`,
    messages: byName(types, (type) => type, (type) => ({ $ref: `#/components/messages/${type}` })),
    bindings: {
      kafka: {
        topic: name,
        topicConfiguration: retention === 'compacted' ? { 'cleanup.policy': ['compact'] } : { 'cleanup.policy': ['delete'], 'retention.ms': retention === 'forever' ? -1 : 86_400_000 },
        bindingVersion: KAFKA_BINDING,
      },
    },
  };
}

function messageOf(topic: TopicContract, fact: FactContract): Json {
  const at = formatInstant(EXAMPLE_INSTANT);
  const headers = {
    [HEADER.specVersion]: SPEC_VERSION, [HEADER.id]: recordId(topic.name, EXAMPLE_KEY, 1), [HEADER.source]: sourceOf(topic.producer),
    [HEADER.type]: fact.type, [HEADER.time]: at, [HEADER.subject]: EXAMPLE_KEY, [HEADER.dataSchema]: dataSchemaOf(fact.type),
    [HEADER.partitionKey]: EXAMPLE_KEY, [HEADER.sequence]: '1', [HEADER.recordedTime]: at, [HEADER.contentType]: CONTENT_TYPE,
  };
  return {
    name: fact.type,
    title: fact.type,
    contentType: CONTENT_TYPE,
    headers: { $ref: '#/components/schemas/fact-headers' },
    payload: asyncApiSchemaOf(fact),
    examples: [{ name: 'golden', headers, payload: fact.example }],
    bindings: { kafka: { key: { type: 'string', description: topic.keyedBy }, bindingVersion: KAFKA_BINDING } },
  };
}

function watermarkMessage(): Json {
  const { headers, value } = encodeWatermark('dossiers', EXAMPLE_INSTANT);
  return {
    name: WATERMARK_TYPE,
    title: WATERMARK_TYPE,
    summary: 'All that its producer recorded before this instant stands before this record in its partition.',
    contentType: CONTENT_TYPE,
    headers: { $ref: '#/components/schemas/watermark-headers' },
    payload: { type: 'object', required: ['recordedBefore'], properties: { recordedBefore: INSTANT } },
    examples: [{ name: 'golden', headers, payload: JSON.parse(value.toString()) as unknown }],
    bindings: { kafka: { key: { type: 'string', const: WATERMARK_KEY }, bindingVersion: KAFKA_BINDING } },
  };
}
