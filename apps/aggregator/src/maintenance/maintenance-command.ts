import { TopicAdmin, createKafkaClient } from '@index766/platform-kafka';
import { openMongo } from '@index766/platform-mongo';
import { createServiceLog, type Logger } from '@index766/platform-observability';

import type { MaintenanceConfig, TopicsConfig } from '../aggregator.config';
import type { Generation, GenerationStore } from '../generations';
import { MongoGenerationStore } from '../generations/adapters/mongo-generation-store';
import { recomputeOverTopics } from '../recomputing/recompute-over-topics';
import { KafkaPositions } from './adapters/kafka-positions';
import { UsageFailure, generationOf, numberOf, optionsOf, periodOf, provinceOf, unitOf } from './command-options';
import { differenceTable } from './difference-table';
import { dropGeneration } from './drop-generation';
import { GenerationStores } from './generation-stores';
import { PublishedEditions } from './published-editions';
import { Rebuild } from './rebuild';
import { Recompute } from './recompute';
import { recomputeEditions, type RecomputeEditionsOptions } from './recompute-editions';

export const EXIT = { done: 0, failed: 1, usage: 2 } as const;

type Out = (text: string) => void;

/** The environment is read when the command line is right, and as far as the command needs it. */
export interface MaintenanceConfigs {
  readonly stores: () => MaintenanceConfig;
  /** Of commands that read topics alone. */
  readonly topics: () => TopicsConfig;
}

interface Parts {
  readonly store: GenerationStore;
  readonly log: Logger;
  readonly client: ReturnType<typeof createKafkaClient>;
  readonly admin: TopicAdmin;
  readonly positions: KafkaPositions;
  readonly open: (generation: Generation) => Promise<GenerationStores>;
  readonly keptEndedDays: number;
}

/** Runs one maintenance command; resolves to its exit code. Throws a `MaintenanceFailure` for what an operator can put right. */
export async function runMaintenance([name, ...args]: readonly string[], configs: MaintenanceConfigs, out: Out): Promise<number> {
  switch (name) {
    case 'rebuild': {
      const options = optionsOf(args, { fresh: { type: 'boolean' }, 'trust-topics': { type: 'boolean' }, 'drop-old': { type: 'boolean' } });
      return withParts(configs.stores(), (parts) => rebuild(parts, {
        fresh: options.fresh ?? false, trustTopics: options['trust-topics'] ?? false, dropOld: options['drop-old'] ?? false,
      }, out));
    }
    case 'recompute': {
      const { unit, period, apply = false } = optionsOf(args, { unit: { type: 'string' }, period: { type: 'string' }, apply: { type: 'boolean' } });
      const options = { unit: unitOf(unit), period: periodOf(period), apply };
      return withParts(configs.stores(), (parts) => recompute(parts, options, out));
    }
    case 'editions': {
      const { province, period, number, 'from-topics': fromTopics = false } = optionsOf(args, {
        province: { type: 'string' }, period: { type: 'string' }, number: { type: 'string' }, 'from-topics': { type: 'boolean' },
      });
      const options = { province: provinceOf(province), period: periodOf(period), number: numberOf(number) };
      if (fromTopics) return await recomputeOverTopics(configs.topics(), options, out) ? EXIT.done : EXIT.failed;
      const config = configs.stores();
      return withParts(config, (parts) => editions(parts, config, options, out));
    }
    case 'generations': {
      const { drop } = optionsOf(args, { drop: { type: 'string' } });
      const number = drop === undefined ? undefined : generationOf(drop);
      return withParts(configs.stores(), (parts) => generations(parts, number, out));
    }
    default:
      throw new UsageFailure('The maintenance commands are rebuild, recompute, editions and generations.');
  }
}

async function rebuild(parts: Parts, options: ConstructorParameters<typeof Rebuild>[1], out: Out): Promise<number> {
  const startedAt = performance.now();
  const onStep = (step: string): void => out(`${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(7)} s  ${step}\n`);
  const { generation, switched, differences } = await new Rebuild({ ...parts, onStep }, options).run();
  if (differences.length > 0) out(differenceTable(differences));
  if (switched) return EXIT.done;
  out(`Generation ${generation} differs and is not switched to. It stays for inspection: rebuild goes on with it, rebuild --fresh begins anew, generations --drop ${generation} removes it, rebuild --trust-topics switches to it.\n`);
  return EXIT.failed;
}

async function recompute(parts: Parts, options: ConstructorParameters<typeof Recompute>[1], out: Out): Promise<number> {
  const { live } = await parts.store.read();
  const stores = await parts.open(live);
  try {
    const { entries, differences } = await new Recompute({ ...parts, stores }, options).run();
    if (differences.length === 0) {
      out(`${entries} dossiers and petitions and the figures made of them are as their facts say.\n`);
      return EXIT.done;
    }
    out(differenceTable(differences));
    out(options.apply ? 'Everything that differed is replaced.\n' : 'Nothing is changed; recompute --apply replaces it.\n');
    return options.apply ? EXIT.done : EXIT.failed;
  } finally {
    await stores.close();
  }
}

/** Editions lie beside the generations; what they are made of is in the live one. */
async function editions(parts: Parts, config: MaintenanceConfig, options: RecomputeEditionsOptions, out: Out): Promise<number> {
  const stores = await parts.open((await parts.store.read()).live);
  const published = await PublishedEditions.open(config, stores, parts.log);
  try {
    const recomputed = await recomputeEditions(published.decisions, published.computeEdition, options);
    for (const { edition: { published: { period, number, sha256 } }, difference } of recomputed) {
      out(`${period}  ${number}  ${sha256}  ${difference === null ? 'the same' : `otherwise: ${difference}`}\n`);
    }
    if (recomputed.length === 0) out('There is no such edition.\n');
    return recomputed.length > 0 && recomputed.every(({ difference }) => difference === null) ? EXIT.done : EXIT.failed;
  } finally {
    await published.close();
    await stores.close();
  }
}

async function generations(parts: Parts, drop: Generation | undefined, out: Out): Promise<number> {
  if (drop !== undefined) await dropGeneration(parts, drop);
  const { live, building, kept, dropping } = await parts.store.read();
  const lines = [`${live}  live`, ...kept.map((each) => `${each}  kept`)];
  if (building !== null) lines.push(`${building}  under construction`);
  if (dropping !== null) lines.push(`${dropping}  being removed`);
  out(`${lines.join('\n')}\n`);
  return EXIT.done;
}

async function withParts(config: MaintenanceConfig, use: (parts: Parts) => Promise<number>): Promise<number> {
  const log: Logger = createServiceLog({ service: 'aggregator-maintenance', level: config.log.level }).logger;
  const client = createKafkaClient(config.kafka, log);
  const admin = new TopicAdmin(client);
  const pointerDatabase = await openMongo(config.mongo, { log });
  try {
    return await use({
      client, admin, log,
      store: new MongoGenerationStore(pointerDatabase),
      positions: new KafkaPositions(admin),
      open: (generation) => GenerationStores.open(config, generation, log),
      keptEndedDays: config.keptEndedDays,
    });
  } finally {
    await pointerDatabase.close();
  }
}
