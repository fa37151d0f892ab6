import { officerTopic, procedureTopic, unitTopic } from '@index766/contracts-catalog';
import { documentTopic } from '@index766/contracts-digitization';
import { dossierTopic, intakeTopic, officerSeenTopic, sourceTopic } from '@index766/contracts-dossiers';
import { dossierFeedbackTopic, petitionTopic } from '@index766/contracts-feedback';
import { paymentTopic } from '@index766/contracts-payments';

export const SERVICES = ['catalog', 'dossiers', 'payments', 'digitization', 'feedback', 'aggregator'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** Secrets of an installation, as the start scripts make them; shared by all installations of a run. */
export interface SecretFiles {
  /** PKCS #8 PEM: signs tokens. */
  readonly signingKey: string;
  /** SPKI PEM: what services check tokens with. */
  readonly verifyingKey: string;
  readonly pseudonymKey: string;
  readonly paymentProviders: string;
  readonly ratingTokenKey: string;
  /** PKCS #8 PEM: signs editions. */
  readonly editionKey: string;
}

type Topic = Pick<typeof dossierTopic, 'name'>;
type Fields = Readonly<Record<string, unknown>>;

/** What the specs have to know of a service that runs as a process. */
export interface ServiceTraits {
  /** Settings that this service alone has. */
  readonly environment?: (secrets: SecretFiles) => Readonly<Record<string, string>>;
  /** Slots of its relay, which has the name of the service; absent: nothing that is loaded has it send anything. */
  readonly relaySlots?: number;
  /** Partitions that the members of each of its consumer groups share out, by group. */
  readonly groups: Readonly<Record<string, number>>;
  /** Topics of which every record is decided by the pushes alone, with its instants. */
  readonly factTopics?: readonly Topic[];
  /** The same of what is told beside the pushes. */
  readonly toldTopics?: readonly Topic[];
  /** Topics in which a record says the same in every run, but may have been recorded at another time. */
  readonly knowledgeTopics?: readonly Topic[];
  /** Topics that tell of the days on which this installation was pushed to: only a copy of it has the same. */
  readonly ownTopics?: readonly Topic[];
  /** Its documents by dossier or petition. */
  readonly documents?: readonly KeptDocuments[];
}

/** A collection of a service, and what of one of its documents follows from what sources sent. */
export interface KeptDocuments {
  readonly collection: string;
  readonly content: (document: Fields) => Fields;
}

const DOSSIER_PARTITIONS = 12;

export const SERVICE_TRAITS: Readonly<Record<ServiceName, ServiceTraits>> = {
  catalog: {
    relaySlots: 1,
    groups: { 'catalog.officers': DOSSIER_PARTITIONS },
    knowledgeTopics: [officerTopic, unitTopic, procedureTopic],
  },
  dossiers: {
    environment: ({ pseudonymKey }) => ({ OFFICER_PSEUDONYM_KEY_FILE: pseudonymKey }),
    relaySlots: DOSSIER_PARTITIONS,
    groups: { 'dossiers.reference': 1 },
    factTopics: [dossierTopic, intakeTopic],
    knowledgeTopics: [officerSeenTopic],
    ownTopics: [sourceTopic],
    documents: [{ collection: 'dossiers', content: ({ facts, push, moves }) => ({ facts, push, moves }) }],
  },
  payments: {
    environment: ({ paymentProviders }) => ({ PAYMENT_PROVIDERS_FILE: paymentProviders }),
    relaySlots: DOSSIER_PARTITIONS,
    groups: { 'payments.intake': DOSSIER_PARTITIONS, 'payments.reference': 1 },
    factTopics: [paymentTopic],
    documents: [{ collection: 'payments', content: ({ facts, memory, parked }) => ({ facts, parked, memory: JSON.parse(String(memory)) as unknown }) }],
  },
  digitization: {
    relaySlots: DOSSIER_PARTITIONS,
    groups: { 'digitization.intake': DOSSIER_PARTITIONS, 'digitization.reference': 1 },
    factTopics: [documentTopic],
    documents: [{ collection: 'documents', content: factsAndMemory }],
  },
  feedback: {
    environment: ({ ratingTokenKey }) => ({ RATING_TOKEN_KEY_FILE: ratingTokenKey }),
    relaySlots: DOSSIER_PARTITIONS,
    groups: { 'feedback.reference': 1 },
    toldTopics: [dossierFeedbackTopic, petitionTopic],
    documents: [{ collection: 'dossier_feedback', content: factsAndMemory }, { collection: 'petitions', content: factsAndMemory }],
  },
  aggregator: {
    // What is published is not waited for a minute.
    environment: ({ editionKey }) => ({ EDITION_SIGNING_KEY_FILE: editionKey, EDITION_LOOK_EVERY_MS: '2000' }),
    groups: { 'aggregator.ledger': DOSSIER_PARTITIONS, 'aggregator.reference': 1 },
  },
};

export const FACT_TOPICS: readonly Topic[] = SERVICES.flatMap((name) => SERVICE_TRAITS[name].factTopics ?? []);
export const TOLD_TOPICS: readonly Topic[] = SERVICES.flatMap((name) => SERVICE_TRAITS[name].toldTopics ?? []);
export const KNOWLEDGE_TOPICS: readonly Topic[] = SERVICES.flatMap((name) => SERVICE_TRAITS[name].knowledgeTopics ?? []);
export const OWN_TOPICS: readonly Topic[] = SERVICES.flatMap((name) => SERVICE_TRAITS[name].ownTopics ?? []);
/** Services that send what they record. */
export const PRODUCERS: readonly ServiceName[] = SERVICES.filter((name) => SERVICE_TRAITS[name].relaySlots !== undefined);

export function forEachService<T>(make: (name: ServiceName) => T): Record<ServiceName, T> {
  return Object.fromEntries(SERVICES.map((name) => [name, make(name)])) as Record<ServiceName, T>;
}

function factsAndMemory({ facts, memory }: Fields): Fields {
  return { facts, memory: JSON.parse(String(memory)) as unknown };
}
