import { FLAG_REVIEW_KEYS, OBJECTION_KEYS, decisionTopic, editionTopic, editionsKeysOf, lateOfficersTopic } from '@index766/contracts-aggregator';
import { officerTopic } from '@index766/contracts-catalog';
import { instantOf, latest, parsePeriod, type Period, type UnitCode } from '@index766/kernel';

import { ComputeEdition, EditionFigures, catalogKnownBy, claimOf, documentsOf, readManifest, type EditionSeal, type PublishedEdition } from '../editions';
import { LateLists } from '../lateness';
import { CASES, PETITIONS } from '../ledger';
import { chosenEditions, type RecomputeEditionsOptions, type RecomputedEdition } from '../maintenance/recompute-editions';
import { REFERENCE_TOPICS, type Reference } from '../reference';
import { countsIn } from '../scores';
import { firstDifferenceOf, problemOf, type ToldEdition } from './edition-difference';
import { ListsAsPublished } from './lists-as-published';
import { ToldDecisions } from './told-decisions';
import { ToldDocuments } from './told-documents';
import { ToldFacts } from './told-facts';
import { ToldReference } from './told-reference';
import type { TopicLog } from './topic-log';

export interface RecomputedFromTopics extends RecomputedEdition {
  /** Units whose lists of late officers are taken as published: the account may not read what they follow from. */
  readonly listsAsPublished: readonly string[];
}

const LEDGER_TOPICS = [...CASES.topics, ...PETITIONS.topics].map(({ name }) => name);

/**
 * Computes editions of a province again from the topics alone, as known at their K, and compares every hash with what was
 * published. In memory are the facts of one partition and of the dossiers and petitions of the province, and the catalog.
 */
export async function recomputeFromTopics(
  log: TopicLog, hashOf: EditionSeal['hashOf'], options: RecomputeEditionsOptions,
): Promise<readonly RecomputedFromTopics[]> {
  const decisions = new ToldDecisions([editionsKeysOf(options.province), OBJECTION_KEYS, FLAG_REVIEW_KEYS]);
  await log.read([decisionTopic.name], (records) => decisions.take(records));
  const editions = await chosenEditions(decisions, options);
  if (editions.length === 0) return [];

  const documents = new ToldDocuments([...editions, ...await amendedBy(editions, decisions)].map(({ published }) => published), hashOf);
  await log.read([editionTopic.name, lateOfficersTopic.name], (records) => documents.take(records));
  const readsOfficers = await log.mayRead(officerTopic.name);
  const reference = await readReference(log, readsOfficers);
  const { cases, petitions } = await readFacts(log, editions, reference);
  const figures = new EditionFigures({
    cases, petitions, reference, decisions, lateLists: new LateLists({ decisions }),
    // Everything was read.
    readReference: () => Promise.resolve(), units: () => Promise.resolve([...new Set([...cases.units(), ...petitions.units()])]),
  });

  const recomputed: RecomputedFromTopics[] = [];
  for (const edition of editions) {
    const told = await toldEdition(edition, documents);
    const lists = readsOfficers ? undefined : new ListsAsPublished(figures, publishedLists(told));
    const computeEdition = new ComputeEdition({ decisions, store: documents, hashOf, figures: () => lists ?? figures });
    recomputed.push({ edition, difference: await differenceOf(told, computeEdition, hashOf), listsAsPublished: lists?.units ?? [] });
  }
  return recomputed;
}

async function differenceOf(told: ToldEdition, computeEdition: ComputeEdition, hashOf: EditionSeal['hashOf']): Promise<string | null> {
  const problem = problemOf(told, hashOf);
  if (problem !== null) return problem;
  const content = await computeEdition.contentOf(claimOf(told.edition));
  return content.ok ? firstDifferenceOf(told, content.value) : `it does not come out: ${content.error.detail}`;
}

/** The editions that these amend: their documents say what changed. */
async function amendedBy(editions: readonly PublishedEdition[], decisions: ToldDecisions): Promise<readonly PublishedEdition[]> {
  const found = await Promise.all(editions.map(async ({ published }) => {
    const { amends } = readManifest(published.manifest);
    return amends === null ? [] : chosenEditions(decisions, { province: published.province as UnitCode, period: published.period, number: amends.number });
  }));
  return found.flat();
}

async function readReference(log: TopicLog, readsOfficers: boolean): Promise<Reference> {
  const told = new ToldReference();
  await log.read(REFERENCE_TOPICS.filter((topic) => readsOfficers || topic !== officerTopic.name), (records) => told.take(records));
  return told.reference();
}

/** Partition after partition: what the province never had is forgotten with its partition. */
async function readFacts(log: TopicLog, editions: readonly PublishedEdition[], reference: Reference) {
  const claims = editions.map(claimOf);
  const until = claims.reduce((last, { visibility }) => latest(last, visibility.knownBefore), instantOf(0));
  const [cases, petitions] = [new ToldFacts(CASES, until), new ToldFacts(PETITIONS, until)];
  const trees = claims.map(({ period, visibility }) => reference.knownBy(catalogKnownBy(visibility)).treeOn(periodNamed(period).lastDay));
  const province = claims[0]?.province;
  const isWanted = (unit: UnitCode) => trees.some((tree) => countsIn(tree, unit).some((each) => each === province));
  const partitions = await log.partitionsOf(LEDGER_TOPICS[0] ?? '');
  for (let partition = 0; partition < partitions; partition += 1) {
    await log.read(LEDGER_TOPICS, (records) => {
      cases.take(records);
      petitions.take(records);
    }, partition);
    cases.keep(isWanted);
    petitions.keep(isWanted);
  }
  return { cases, petitions };
}

async function toldEdition(edition: PublishedEdition, documents: ToldDocuments): Promise<ToldEdition> {
  const hashes = documentsOf(readManifest(edition.published.manifest));
  return { edition, issued: documents.issuedAs(edition.published), texts: await documents.findDocuments(hashes) };
}

function publishedLists({ edition, texts }: ToldEdition): ReadonlyMap<string, object> {
  const { units } = readManifest(edition.published.manifest);
  return new Map(units.flatMap(({ unit, lateOfficers }) => {
    const text = texts.get(lateOfficers);
    return text === undefined ? [] : [[unit, (JSON.parse(text) as { readonly lateOfficers: object }).lateOfficers] as const];
  }));
}

function periodNamed(name: string): Period {
  const period = parsePeriod(name);
  if (!period.ok) throw new RangeError('an edition names no period');
  return period.value;
}
