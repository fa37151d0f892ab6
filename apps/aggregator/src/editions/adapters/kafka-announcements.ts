import {
  MOST_CHARACTERS_PER_PART, editionDocumentV1, editionIssuedV1, editionKey, editionTopic, lateOfficerListV1, lateOfficersTopic,
} from '@index766/contracts-aggregator';
import { encodeRecord, envelopeOf, type DataOf, type FactContract, type TopicContract } from '@index766/contracts-envelope';
import { findDefinition } from '@index766/index-766';
import type { Instant } from '@index766/kernel';
import type { OutgoingRecord, RecordSender } from '@index766/platform-kafka';

import { latestScoreRecord, unitScored, type ApartReasons, type ScoredHead } from '../../scores';
import { readManifest, type Manifest } from '../edition-content';
import type { PublishedEdition } from '../edition-history';

/** Records of one request to the broker, each with a part of up to some ten thousand characters. */
const RECORDS_PER_SEND = 50;

type DocumentData = DataOf<typeof editionDocumentV1>;

/** Tells the topics of editions. Told again, editions and lists have the same ids and the same bytes; the index as it stands is told anew. */
export class KafkaAnnouncements {
  constructor(
    private readonly sender: RecordSender,
    private readonly now: () => Instant,
  ) {}

  async announce(edition: PublishedEdition, texts: ReadonlyMap<string, string>): Promise<void> {
    await this.send([...editionRecords(edition, texts), ...lateOfficerRecords(edition, texts)]);
  }

  async announceFigures(edition: PublishedEdition, texts: ReadonlyMap<string, string>): Promise<void> {
    await this.send(latestScoreRecords(edition, texts, this.now()));
  }

  private async send(records: readonly OutgoingRecord[]): Promise<void> {
    for (let from = 0; from < records.length; from += RECORDS_PER_SEND) await this.sender.send(records.slice(from, from + RECORDS_PER_SEND));
  }
}

function editionRecords({ published, publishedAt }: PublishedEdition, texts: ReadonlyMap<string, string>): readonly OutgoingRecord[] {
  const { province, period, number, state, knownBefore, manifest: text, sha256, signature, keyId } = published;
  const manifest = readManifest(text);
  const series = { province, period, number };
  const documents = [
    ...manifest.units.flatMap(({ unit, index }) => parts(texts, index).map((part): DocumentData => ({ ...series, document: 'index', unit, ...part }))),
    ...parts(texts, manifest.rankings).map((part): DocumentData => ({ ...series, document: 'rankings', ...part })),
    ...(manifest.changes === null ? [] : parts(texts, manifest.changes).map((part): DocumentData => ({ ...series, document: 'changes', ...part }))),
  ];
  const issued: DataOf<typeof editionIssuedV1> = {
    ...series, kind: manifest.kind as DataOf<typeof editionIssuedV1>['kind'], state, start: manifest.start, end: manifest.end, knownBefore,
    definition: manifest.definition, calendar: calendarOf(manifest), manifest: text, sha256, signature, keyId, records: documents.length,
  };
  const record = recordsOf(editionTopic, editionKey(series), publishedAt);
  return [record(1, editionIssuedV1, issued), ...documents.map((data, index) => record(index + 2, editionDocumentV1, data))];
}

function lateOfficerRecords({ published: { province, period, number, manifest }, publishedAt }: PublishedEdition, texts: ReadonlyMap<string, string>): readonly OutgoingRecord[] {
  const series = { province, period, number };
  const record = recordsOf(lateOfficersTopic, editionKey(series), publishedAt);
  return readManifest(manifest).units
    .flatMap(({ unit, lateOfficers }) => parts(texts, lateOfficers).map((part) => ({ ...series, unit, ...part })))
    .map((data, index) => record(index + 1, lateOfficerListV1, data));
}

/** The figures of the last edition are the index as it stands, also when it was taken back and nothing has come in its place. */
function latestScoreRecords({ published, retracted }: PublishedEdition, texts: ReadonlyMap<string, string>, now: Instant): readonly OutgoingRecord[] {
  const manifest = readManifest(published.manifest);
  const definition = findDefinition(manifest.definition);
  if (definition === undefined) return [];
  return manifest.units.flatMap(({ index: sha256 }) => {
    const { unit, level, parent, index } = JSON.parse(texts.get(sha256) ?? 'null') as IndexDocument;
    const data = unitScored({
      unit, level, parent, period: published.period, definition: manifest.definition, calendar: calendarOf(manifest), asOf: manifest.end,
      knownAt: published.knownBefore, edition: published.number, state: retracted === null ? published.state : 'retracted',
    }, index, index.apart, definition);
    return [latestScoreRecord(data, now)];
  });
}

interface IndexDocument extends Pick<ScoredHead, 'unit' | 'level' | 'parent'> {
  readonly index: Parameters<typeof unitScored>[1] & { readonly apart: ApartReasons };
}

function recordsOf(topic: TopicContract, subject: string, at: Instant) {
  return <Fact extends FactContract>(sequence: number, contract: Fact, data: DataOf<Fact>): OutgoingRecord => {
    const envelope = envelopeOf(topic, { type: contract.type, occurredAt: at, recordedAt: at, subject, sequence });
    return { topic: topic.name, ...encodeRecord(envelope, data, contract) };
  };
}

/** A text cut where no character is cut: its parts, one after another, are the text. */
function parts(texts: ReadonlyMap<string, string>, sha256: string): readonly { readonly sha256: string; readonly part: number; readonly parts: number; readonly text: string }[] {
  const text = texts.get(sha256);
  if (text === undefined) throw new Error('EDITION.DOCUMENT_LOST: a published edition names a document that is not here');
  const cut: string[] = [];
  for (let from = 0; from < text.length; ) {
    const end = from + MOST_CHARACTERS_PER_PART;
    const isInsideCharacter = end < text.length && /[\uD800-\uDBFF]/.test(text[end - 1] ?? '');
    cut.push(text.slice(from, isInsideCharacter ? end - 1 : end));
    from = isInsideCharacter ? end - 1 : end;
  }
  return cut.map((piece, index) => ({ sha256, part: index + 1, parts: cut.length, text: piece }));
}

function calendarOf({ calendar: { id, version } }: Manifest): string {
  return `${id}@${version}`;
}
