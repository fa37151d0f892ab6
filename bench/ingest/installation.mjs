import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { logTail, startGuarded } from '../../infra/local/guarded-process.mjs';
import { start as startKafka } from '../../infra/local/kafka.mjs';
import { start as startMongo } from '../../infra/local/mongo.mjs';
import { HOST, freePorts } from '../../infra/local/ports.mjs';
import { stateFolder } from '../../infra/local/state-folder.mjs';
import { entryOf } from '../../tools/up/build.mjs';
import { SERVICES, SERVICE_NAMES, operatorEnvironment, serviceEnvironment } from '../../tools/up/environment.mjs';
import { runOperator } from '../../tools/up/operator.mjs';
import { secrets as makeSecrets } from '../../tools/up/secrets.mjs';
import { peakMemoryOf } from './process-usage.mjs';

const require = createRequire(import.meta.url);
const { issueLocalToken } = require('@index766/platform-auth');

const READY_WITHIN_MS = 90_000;

async function answers(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

/** An own broker, an own database server and the services on free ports; all of it is removed at the end. */
export class Installation {
  #secrets = makeSecrets();
  #servers = [];
  #services = new Map();

  /** `aggregators`: as many members of that service as are started at once at most. */
  constructor({ profileFolder, aggregators = 1 } = {}) {
    this.profileFolder = profileFolder;
    this.aggregators = aggregators;
  }

  async start() {
    const account = { user: 'bench', password: randomBytes(16).toString('hex') };
    // What a run that was killed left behind must not be met again: its pushes would say nothing new.
    const run = randomBytes(4).toString('hex');
    this.mongo = await startMongo({ name: `bench-mongo-${run}`, ...account });
    this.#servers.push(this.mongo);
    this.kafka = await startKafka({ name: `bench-kafka-${run}` });
    this.#servers.push(this.kafka);
    const ports = await freePorts(SERVICE_NAMES.length + this.aggregators - 1);
    const further = ports.splice(SERVICE_NAMES.length);
    this.ports = new Map(SERVICE_NAMES.map((name, place) => [name, [ports[place], ...(name === 'aggregator' ? further : [])]]));
    await this.operator('topics', 'apply');
  }

  get brokers() {
    return [this.kafka.brokers];
  }

  /** The stores as parts of a measurement. */
  get stores() {
    return [{ name: 'kafka', pids: [this.kafka.pid] }, { name: 'mongo', pids: this.mongo.pids }];
  }

  urlOf(name, index = 0) {
    return `http://${HOST}:${this.ports.get(name)[index]}`;
  }

  /** Starts a service and resolves when it listens: { name, pid, url, isReady() }. */
  async startService(name, { index = 0, database = name } = {}) {
    const url = this.urlOf(name, index);
    const logFile = path.join(stateFolder(), 'logs', `bench-${name}-${index}.log`);
    fs.rmSync(logFile, { force: true });
    const connections = { brokers: this.kafka.brokers, mongoUri: this.mongo.uri, secrets: this.#secrets };
    const service = { ...SERVICES.find((each) => each.name === name), port: Number(new URL(url).port) };
    const profiling = this.profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${path.join(this.profileFolder, `${name}-${database}-${index}`)}`];
    const started = await startGuarded({
      command: process.execPath,
      args: ['--enable-source-maps', ...profiling, entryOf(name)],
      logFile,
      env: { ...serviceEnvironment(service, connections), MONGO_DATABASE: database },
    });
    this.#services.set(`${name}-${index}`, started);
    for (const end = Date.now() + READY_WITHIN_MS; !(await answers(`${url}/health/live`)); await wait(20)) {
      if (started.hasExited() || Date.now() > end) throw new Error(`${name} did not start:\n${logTail(logFile)}`);
    }
    return { name, pid: started.pid, url, isReady: () => answers(`${url}/health/ready`) };
  }

  async untilReady(service) {
    for (const end = Date.now() + READY_WITHIN_MS; !(await service.isReady()); await wait(50)) {
      if (Date.now() > end) throw new Error(`${service.name} is not ready`);
    }
    return service;
  }

  async stopService(name, index = 0) {
    const started = this.#services.get(`${name}-${index}`);
    this.#services.delete(`${name}-${index}`);
    await started?.stop();
  }

  peakMemory(services) {
    return Object.fromEntries(services.map(({ name, pid }) => [name, peakMemoryOf(pid)]));
  }

  /** Runs one operator command; its complaint is thrown. */
  operator(...args) {
    const services = SERVICE_NAMES.map((name) => ({ name, url: this.ports === undefined ? '' : this.urlOf(name) }));
    return runOperator(`The operator command ${args[0]}`, args, operatorEnvironment({ services, brokers: this.kafka.brokers, secrets: this.#secrets }));
  }

  token(roles) {
    const { AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience } = operatorEnvironment({ services: [], secrets: this.#secrets });
    const signingKey = fs.readFileSync(this.#secrets.signingKeyFile, 'utf8');
    return issueLocalToken(signingKey, { roles, units: ['*'], lifetime: '12h', subject: 'bench', issuer, audience });
  }

  async stop() {
    await Promise.all([...this.#services.values()].map((service) => service.stop()));
    for (const server of this.#servers) {
      await server.stop();
      for (const left of server.leavings) fs.rmSync(left, { recursive: true, force: true });
    }
  }
}
