import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DynamicModule, NestApplicationOptions, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Authenticator, undeclaredRoutes } from '@index766/platform-auth';
import {
  Health, LOGGER, Metrics, NestLogger, measureRequests, traceRequests, type Logger,
} from '@index766/platform-observability';
import type { NextFunction, Request, Response } from 'express';
import { PLATFORM_ERROR_CODES } from '../error-codes';
import { DEFAULT_LIMITS, DEFAULT_TIMEOUTS, type ClientTimeouts, type HttpLimits } from '../limits/http-limits';
import { limitCallers } from '../limits/limit-callers';
import { LIMIT_METRICS } from '../limits/limit-metrics';
import { WorkInHand } from '../limits/work-in-hand';
import type { ErrorCodes } from '../problems/error-codes';
import { ProblemCatalog } from '../problems/problem';
import { ProblemFilter } from '../problems/problem.filter';
import { RefusalException } from '../problems/refusal.exception';
import { refuseOtherMethods } from '../requests/allowed-methods';
import { readBodies } from '../requests/body-limits';
import { answerBrokenRequests } from '../requests/broken-requests';
import { answerExpectations } from '../requests/expectations';
import { answerInTime } from '../requests/request-timeout';
import type { RawBodyPaths } from '../requests/raw-body';
import { createValidationPipe } from '../requests/validation';
import { answerWhileStarting } from './answer-while-starting';
import { TimedExpressAdapter } from './http-server';
import { openApiDocument, serveDocuments, serveOpenApi, type ApiDescription } from '../openapi/openapi-document';

export interface HttpAppOptions {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  readonly api: ApiDescription;
  /** The service's own lists of codes; those of the platform are there always. */
  readonly errorCodes: readonly ErrorCodes[];
  readonly isDatabaseAway?: (error: unknown) => boolean;
  /** What is taken at once, and from one caller; `HttpSettings` of platform-config fits. */
  readonly limits?: Partial<HttpLimits>;
  /** How long clients may take. */
  readonly timeouts?: Partial<ClientTimeouts>;
  /** Largest body, in bytes (default 1 MiB), and the endpoints that take more from callers with a token. */
  readonly bodyLimitBytes?: number;
  readonly bodyLimitBytesByPath?: Readonly<Record<string, number>>;
  /** Endpoints whose callers sign the bytes of their bodies: `rawBodyOf(request)` gives them. */
  readonly rawBodyPaths?: RawBodyPaths;
  /** Documents about the service beside its OpenAPI, by path: anybody may read them. */
  readonly documents?: Readonly<Record<string, unknown>>;
  /** Longest time until an answer begins (default 30 s). */
  readonly answerTimeoutMs?: number;
  /** Longest time that requests in work get when the application stops (default 5 s). */
  readonly drainLimitMs?: number;
  /** Runs when the application is built and does not listen yet: connect consumers, start relays. */
  readonly beforeListen?: (app: NestExpressApplication) => Promise<void>;
}

export interface RunningHttpApp {
  readonly app: NestExpressApplication;
  /** `http://127.0.0.1:7662` */
  readonly url: string;
  /** Ends requests in work, then closes the application; the same promise however often it is called. */
  close(): Promise<void>;
}

const MAX_BODY_DEPTH = 16;
const END_IDLE_INTERVAL_MS = 20;

/**
 * Builds and starts an application: request metrics and traces, body limits, validation, problem details, OpenAPI. The
 * module imports `ObservabilityModule` and `AuthModule`. Rejects if a route declares no access, or it cannot listen.
 */
export async function startHttpApp(
  module: Type<unknown> | DynamicModule,
  options: HttpAppOptions,
): Promise<RunningHttpApp> {
  const settings: NestApplicationOptions = { bodyParser: false, bufferLogs: true, abortOnError: false };
  const timeouts: ClientTimeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const app = await NestFactory.create<NestExpressApplication>(module, new TimedExpressAdapter(timeouts), settings);
  try {
    configure(app, options, timeouts);
    await prepare(app, options);
    await app.listen(options.port, options.host);
  } catch (error) {
    await app.close();
    throw error;
  }
  const server: Server = app.getHttpServer();
  let closing: Promise<void> | undefined;
  return {
    app,
    url: `http://${options.host}:${(server.address() as AddressInfo).port}`,
    close: () => (closing ??= closeGracefully(app, server, options.drainLimitMs ?? 5_000)),
  };
}

/** Whatever has to be done first may wait for a broker: until then the port says so. A free port is known to nobody yet. */
async function prepare(app: NestExpressApplication, { host, port, errorCodes, beforeListen }: HttpAppOptions): Promise<void> {
  if (beforeListen === undefined) return;
  const catalog = new ProblemCatalog([PLATFORM_ERROR_CODES, ...errorCodes]);
  const endAnswers = port === 0 ? undefined : await answerWhileStarting({ host, port }, app.get(Health), catalog);
  try {
    await beforeListen(app);
  } finally {
    await endAnswers?.();
  }
}

function configure(app: NestExpressApplication, options: HttpAppOptions, timeouts: ClientTimeouts): void {
  const logger = app.get<Logger>(LOGGER);
  const metrics = app.get(Metrics);
  const catalog = new ProblemCatalog([PLATFORM_ERROR_CODES, ...options.errorCodes]);
  app.useLogger(new NestLogger(logger));
  const undeclared = undeclaredRoutes(app);
  if (undeclared.length > 0) throw new Error(`routes without @Public() or @Roles(…): ${undeclared.join(', ')}`);

  const limits: HttpLimits = { ...DEFAULT_LIMITS, ...options.limits };
  const limitMetrics = metrics.of(LIMIT_METRICS);
  const work = new WorkInHand(limits);
  limitMetrics.bodyBytes.onScrape((gauge) => gauge.set({}, work.heldBytes));
  const document = openApiDocument(app, options.api, catalog);

  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('trust proxy', limits.trustedProxies ?? []);
  app.use(measureRequests(metrics), traceRequests, setSafetyHeaders, requireHost);
  app.use(answerInTime({ answerMs: options.answerTimeoutMs ?? 30_000, takeMs: timeouts.takeAnswerMs }, catalog));
  app.use(limitCallers({ limits, authenticator: app.get(Authenticator), work, metrics: limitMetrics, catalog }));
  app.use(refuseOtherMethods(document.paths, catalog));
  app.use(...readBodies(
    {
      bytes: options.bodyLimitBytes ?? 1024 * 1024, byPath: options.bodyLimitBytesByPath ?? {}, rawPaths: options.rawBodyPaths,
      depth: MAX_BODY_DEPTH,
    },
    work,
    limitMetrics,
  ));
  app.useGlobalPipes(createValidationPipe());
  app.useGlobalFilters(new ProblemFilter({ catalog, logger, isDatabaseAway: options.isDatabaseAway ?? (() => false) }));
  serveOpenApi(app, document);
  serveDocuments(app, options.documents ?? {});

  const server: Server = app.getHttpServer();
  server.maxConnections = limits.maxConnections;
  answerExpectations(server, catalog);
  answerBrokenRequests(server, catalog, limitMetrics);
}

/** RFC 9112 §3.2: a request of HTTP/1.1 names its host. */
function requireHost(request: Request, _response: Response, next: NextFunction): void {
  if (request.headers.host !== undefined || request.httpVersion !== '1.1') next();
  else next(new RefusalException({ code: 'REQUEST.MALFORMED', detail: 'the request names no host' }));
}

function setSafetyHeaders(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  next();
}

async function closeGracefully(app: NestExpressApplication, server: Server, drainLimitMs: number): Promise<void> {
  app.get(Health).beginStopping();
  const drained = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection that was busy at the close is kept alive after its answer unless somebody ends it.
  const endIdle = setInterval(() => server.closeIdleConnections(), END_IDLE_INTERVAL_MS);
  const cut = setTimeout(() => server.closeAllConnections(), drainLimitMs);
  await drained;
  clearInterval(endIdle);
  clearTimeout(cut);
  await app.close();
}
