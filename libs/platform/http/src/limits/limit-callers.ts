import type { Refusal } from '@index766/kernel';
import type { Authenticator } from '@index766/platform-auth';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { sendProblem } from '../problems/problem.filter';
import type { ProblemCatalog } from '../problems/problem';
import { RefusalException } from '../problems/refusal.exception';
import { addressOf } from './caller-address';
import type { HttpLimits } from './http-limits';
import type { LimitMetrics } from './limit-metrics';
import { TokenBuckets } from './token-buckets';
import type { HeldBytes, WorkInHand } from './work-in-hand';

/** Health and metrics have to answer while everything else is flooded: a probe that gets a 429 would restart the service. */
const EXEMPT = /^\/(?:health\/|metrics$)/;
const MILLISECONDS_PER_SECOND = 1_000;
const TOO_MANY: Refusal = { code: 'RATE_LIMIT.EXCEEDED', detail: 'more requests than this caller may send; wait as Retry-After says' };
const IN_WORK: Refusal = { code: 'RATE_LIMIT.TOO_MANY_IN_WORK', detail: 'wait for answers before sending more' };

/** Who sent a request, as the limits see it. */
export interface Caller {
  /** Key of its limits. */
  readonly key: string;
  /** Its token was accepted. */
  readonly isKnown: boolean;
}

const callers = new WeakMap<Request, Caller>();

/** Set for every request that passed `limitCallers`; undefined for one that no limit concerns. */
export function callerOf(request: Request): Caller | undefined {
  return callers.get(request);
}

export interface CallerLimits {
  readonly limits: HttpLimits;
  readonly authenticator: Authenticator;
  readonly work: WorkInHand;
  readonly metrics: LimitMetrics;
  readonly catalog: ProblemCatalog;
}

/**
 * Refuses what one caller sends too fast or too much at once, before its body is read: a source by the subject of its
 * token, anybody else by address. A token that is not accepted is refused here too.
 */
export function limitCallers({ limits, authenticator, work, metrics, catalog }: CallerLimits): RequestHandler {
  const sources = new TokenBuckets({ perSecond: limits.sourcePerSecond, burst: 2 * limits.sourcePerSecond });
  const addresses = new TokenBuckets({ perSecond: limits.addressPerSecond, burst: 2 * limits.addressPerSecond });
  const tooMany = catalog.problemOf(TOO_MANY);
  const inWork = catalog.problemOf(IN_WORK);

  const limit = async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const principal = await authenticator.callerOf(request);
    const subject = principal.ok ? principal.value?.subject : undefined;
    const caller: Caller = subject === undefined
      ? { key: `address ${addressOf(request.ip)}`, isKnown: false }
      : { key: `source ${subject}`, isKnown: true };
    const wait = (caller.isKnown ? sources : addresses).take(caller.key, performance.now());
    if (wait > 0) {
      metrics.limited.add({ limit: caller.isKnown ? 'source-rate' : 'address-rate' });
      sendProblem(response, tooMany, Math.ceil(wait / MILLISECONDS_PER_SECOND));
      return;
    }
    if (!principal.ok) throw new RefusalException(principal.error);
    if (!work.enter(caller.key)) {
      metrics.limited.add({ limit: 'in-work' });
      sendProblem(response, inWork, 1);
      return;
    }
    response.once('close', () => work.leave(caller.key));
    callers.set(request, caller);
    next();
  };
  return (request, response, next) => {
    if (EXEMPT.test(request.path)) next();
    else limit(request, response, next).catch(next);
  };
}

/** Room for a body until its answer has gone; undefined: there is none now. */
export function holdBody(request: Request, response: Response, bytes: number, work: WorkInHand): HeldBytes | undefined {
  const held = work.hold(callerOf(request)?.key ?? '', bytes);
  if (held !== undefined) response.once('close', () => held.release());
  return held;
}
