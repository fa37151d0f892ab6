import fs from 'node:fs';
import path from 'node:path';
import { DiagnosticSeverity, Parser } from '@asyncapi/parser';
import * as aggregator from '@index766/contracts-aggregator';
import * as catalog from '@index766/contracts-catalog';
import * as digitization from '@index766/contracts-digitization';
import * as dossiers from '@index766/contracts-dossiers';
import { ALL_TOPICS_HEAD, topicDocuments, topicsIn } from '@index766/contracts-envelope';
import * as feedback from '@index766/contracts-feedback';
import * as payments from '@index766/contracts-payments';
import { TOPIC_MANIFEST } from './topic-manifest';

const CONSUMERS = path.resolve(__dirname, '../../../../docs/consumers');
/** In the order of the libraries' names, as `node tools/contracts.mjs write` takes them. */
const topics = [aggregator, catalog, digitization, dossiers, feedback, payments].flatMap(topicsIn);
const documents = topicDocuments(ALL_TOPICS_HEAD, topics);
const publicTopics = topics.filter(({ visibility }) => visibility === 'public');

const FAULTS: readonly number[] = [DiagnosticSeverity.Error, DiagnosticSeverity.Warning];

interface AsyncApi {
  readonly channels: Readonly<Record<string, { readonly address: string; readonly messages: Readonly<Record<string, unknown>> }>>;
}
const asyncApi = documents['/asyncapi.json'] as AsyncApi;

describe('what is published about the topics', () => {
  it('is about the topics that the broker has', () => {
    expect(topics.map(({ name }) => name).sort()).toEqual(TOPIC_MANIFEST.topics.map(({ name }) => name).sort());
  });

  it('is what lies in docs/consumers, and nothing else lies there (node tools/contracts.mjs write)', () => {
    for (const [name, document] of Object.entries(documents)) {
      expect([name, JSON.parse(fs.readFileSync(path.join(CONSUMERS, name), 'utf8'))]).toEqual([name, JSON.parse(JSON.stringify(document))]);
    }
    const lying = ['schemas', 'examples'].flatMap((folder) => fs.readdirSync(path.join(CONSUMERS, folder)).map((name) => `/${folder}/${name}`));
    expect(lying.sort()).toEqual(Object.keys(documents).filter((name) => name !== '/asyncapi.json').sort());
  });

  it('is a document that a parser of AsyncAPI finds no fault with', async () => {
    const { document, diagnostics } = await new Parser().parse(JSON.stringify(asyncApi));
    expect(diagnostics.filter(({ severity }) => FAULTS.includes(severity)).map(({ message, path: place }) => `${place.join('.')}: ${message}`)).toEqual([]);
    expect(document?.version()).toBe('3.0.0');
  });

  it('has every public topic with every type of its records, and no other topic', () => {
    expect(Object.keys(asyncApi.channels).sort()).toEqual(publicTopics.map(({ name }) => name).sort());
    for (const { name, facts } of publicTopics) {
      const channel = asyncApi.channels[name];
      expect([channel?.address, Object.keys(channel?.messages ?? {})]).toEqual([name, [...facts.map(({ type }) => type), 'platform.watermark.v1']]);
    }
  });
});
