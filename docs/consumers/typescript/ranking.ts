// Reads every public topic of Index 766 to its present end, checks each value against its schema, and prints rankings.
//   node dist/ranking.js PERIOD PARENT        node dist/ranking.js 2026-10 H44
// Settings: KAFKA_BROKERS, KAFKA_USERNAME, KAFKA_PASSWORD_FILE; CONTRACTS names the folder with asyncapi.json and schemas/.
// Prints one JSON object: how much was read, and the rankings of the units below PARENT.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { Kafka, logLevel, type KafkaMessage } from 'kafkajs';

interface Sum {
  readonly shown: string;
  readonly apart: readonly string[];
}

interface Score {
  readonly unit: string;
  readonly level: string;
  readonly parent: string | null;
  readonly period: string;
  readonly total: Sum;
  readonly groups: readonly (Sum & { readonly group: string })[];
}

const CONTRACTS = process.env['CONTRACTS'] ?? '..';
const WATERMARK = 'platform.watermark.v1';
const SCORE = 'aggregator.unit-scored.v1';

const setting = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
};
const readContract = (...parts: readonly string[]): unknown => JSON.parse(readFileSync(path.join(CONTRACTS, ...parts), 'utf8'));

const ajv = new Ajv2020({ strict: false, validateFormats: false });
const validators = new Map<string, ValidateFunction>();
const facts: Record<string, number> = {};
const latest = new Map<string, Score>();
let watermarks = 0;

function validatorOf(type: string): ValidateFunction {
  const known = validators.get(type) ?? ajv.compile(readContract('schemas', `${type}.json`) as object);
  validators.set(type, known);
  return known;
}

function take(topic: string, { key, value, headers }: KafkaMessage): void {
  const type = String(headers?.['ce_type']);
  if (type === WATERMARK) {
    watermarks += 1;
    return;
  }
  if (value === null) {
    latest.delete(String(key)); // a compacted topic forgets this key
    return;
  }
  const data: unknown = JSON.parse(value.toString());
  const validate = validatorOf(type);
  if (!validate(data)) throw new Error(`${type}: ${ajv.errorsText(validate.errors)}`);
  facts[topic] = (facts[topic] ?? 0) + 1;
  if (type === SCORE) latest.set(String(key), data as Score);
}

/** Every record of the topics, each partition up to where it ends now. */
async function readAll(kafka: Kafka, group: string, topics: readonly string[]): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  const ends = new Map<string, bigint>();
  for (const topic of topics) {
    for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) if (low !== high) ends.set(`${topic}/${partition}`, BigInt(high));
  }
  await admin.disconnect();
  if (ends.size === 0) return;
  const consumer = kafka.consumer({ groupId: group });
  await consumer.connect();
  await consumer.subscribe({ topics: [...topics], fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
    void consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        const place = `${batch.topic}/${batch.partition}`;
        try {
          for (const message of batch.messages) if (BigInt(message.offset) < (ends.get(place) ?? 0n)) take(batch.topic, message);
        } catch (error) {
          reject(error as Error);
        }
        if (BigInt(batch.lastOffset()) + 1n >= (ends.get(place) ?? 0n)) ends.delete(place);
        if (ends.size === 0) resolve();
      },
    });
  });
  await consumer.disconnect();
}

/** By level, and in it by the total and by each group, in the order of the record. */
function rankingsOf(scores: readonly Score[]) {
  return [...new Set(scores.map(({ level }) => level))].sort().flatMap((level) => {
    const ofLevel = scores.filter((score) => score.level === level);
    const bys = ['total', ...(ofLevel[0]?.groups ?? []).map(({ group }) => group)];
    return bys.map((by, place) => ({ level, by, ...rankingOf(ofLevel.map(({ unit, total, groups }) => ({ unit, ...(groups[place - 1] ?? total) }))) }));
  });
}

/** Competition ranking ("1224") by the points as they are shown, codes in order within a rank; beside it who is apart, and why. */
function rankingOf(sums: readonly (Sum & { readonly unit: string })[]) {
  const hundredths = ({ shown }: Sum): number => Number(shown.replace('.', ''));
  const byCode = [...sums].sort((a, b) => (a.unit < b.unit ? -1 : 1));
  const listed = byCode.filter(({ apart }) => apart.length === 0).sort((a, b) => hundredths(b) - hundredths(a));
  return {
    ranked: listed.map((sum) => ({ rank: 1 + listed.filter((other) => hundredths(other) > hundredths(sum)).length, unit: sum.unit, points: sum.shown })),
    apart: byCode.filter(({ apart }) => apart.length > 0).map(({ unit, apart }) => ({ unit, reasons: apart })),
  };
}

async function main(period: string, parent: string): Promise<void> {
  const username = setting('KAFKA_USERNAME');
  const kafka = new Kafka({
    clientId: username,
    brokers: setting('KAFKA_BROKERS').split(','),
    sasl: { mechanism: 'scram-sha-512', username, password: readFileSync(setting('KAFKA_PASSWORD_FILE'), 'utf8').trim() },
    logLevel: logLevel.NOTHING,
  });
  const { channels } = readContract('asyncapi.json') as { channels: Record<string, { address: string }> };
  await readAll(kafka, `${username}.ranking-typescript`, Object.values(channels).map(({ address }) => address)); // groups of an account begin with its name
  const scores = [...latest.values()].filter((score) => score.period === period && score.parent === parent);
  console.log(JSON.stringify({ facts, watermarks, rankings: rankingsOf(scores) }));
}

const [period = '', parent = ''] = process.argv.slice(2);
await main(period, parent);
