import { markTopic } from '@index766/contracts-aggregator';
import { calendarTopic, officerTopic, procedureTopic, unitTopic } from '@index766/contracts-catalog';
import { dossierTopic, intakeTopic, officerSeenTopic } from '@index766/contracts-dossiers';
import { WATERMARK_TYPE, type TopicContract } from '@index766/contracts-envelope';
import { readByKcat, requireKcat, type ForeignRecord } from './test/foreign-client';
import { marksIn, unmarked } from './test/personal-marks';
import { samplePushes, sampleReference } from './test/small-sample';
import { loadedSystem } from './test/system-access';
import { LOADED_WITHIN_MS } from './test/time-limits';

const PUBLIC = [dossierTopic, unitTopic, procedureTopic, calendarTopic];
const INTERNAL = [intakeTopic, markTopic];
const RESTRICTED = [officerSeenTopic, officerTopic];
const FACT_TOPICS = [...PUBLIC, intakeTopic, ...RESTRICTED];

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

const system = loadedSystem();
const records = new Map<string, readonly ForeignRecord[]>();
beforeAll(async () => {
  await requireKcat();
  for (const { name } of [...PUBLIC, ...INTERNAL, ...RESTRICTED]) records.set(name, await readByKcat(system, name));
}, LOADED_WITHIN_MS);

const recordsOf = ({ name }: TopicContract): readonly ForeignRecord[] => records.get(name) ?? [];
const factsOf = (topic: TopicContract) => recordsOf(topic).filter(({ headers }) => headers['ce_type'] !== WATERMARK_TYPE);

describe.each(FACT_TOPICS)('kcat reads $name', (topic) => {
  it('as CloudEvents 1.0 in binary mode', () => {
    const facts = factsOf(topic);
    const types = topic.facts.map(({ type }) => type);

    expect(facts.length).toBeGreaterThan(0);
    for (const { key, headers } of facts) {
      expect(types).toContain(headers['ce_type']);
      expect(headers).toMatchObject({
        ce_specversion: '1.0',
        ce_id: `${topic.name}/${key}/${headers['ce_sequence']}`,
        ce_source: `/index766/${topic.producer}`,
        ce_subject: key,
        ce_partitionkey: key,
        ce_dataschema: `urn:index766:${headers['ce_type']}`,
        ce_sequence: expect.stringMatching(/^[1-9]\d*$/),
        ce_time: expect.stringMatching(INSTANT),
        ce_recordedtime: expect.stringMatching(INSTANT),
        'content-type': 'application/json',
      });
    }
  });

  it('with the bare data as value, as its schema has it', () => {
    for (const { headers, payload } of factsOf(topic)) {
      const data: unknown = JSON.parse(payload ?? '');
      const contract = topic.facts.find(({ type }) => type === headers['ce_type']);
      expect(contract?.schema.safeParse(data)).toMatchObject({ success: true });
      expect(Object.keys(data as object).filter((name) => /^(ce_|specversion$|datacontenttype$|data$)/.test(name))).toEqual([]);
    }
  });
});

describe('what is known of people', () => {
  const textOf = ({ key, headers, payload }: ForeignRecord) => [key, ...Object.values(headers), payload].join('\n');
  const officerNames = [...new Set(sampleReference().officers.map(({ name }) => name))];
  const namesIn = (text: string) => officerNames.filter((name) => text.includes(name));

  it('is marked in the pushes, so that it would be found', () => {
    expect(unmarked(samplePushes())).toEqual({ values: [], marks: [] });
  });

  it.each([...PUBLIC, ...INTERNAL, ...RESTRICTED])('is nowhere in $name, where it is about applicants', (topic) => {
    expect(recordsOf(topic).filter((record) => marksIn(textOf(record)).length > 0)).toEqual([]);
  });

  it.each([...PUBLIC, ...INTERNAL])('is nowhere in $name, where it is the name of an officer', (topic) => {
    expect(recordsOf(topic).filter((record) => namesIn(textOf(record)).length > 0)).toEqual([]);
  });

  it.each(RESTRICTED)('has the names of officers in $name, which is restricted', (topic) => {
    expect(factsOf(topic).filter((record) => namesIn(textOf(record)).length === 0)).toEqual([]);
  });
});
