import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { RefusalException, TokenBuckets, addressOf } from '@index766/platform-http';
import type { Request } from 'express';

const SECONDS_PER_MINUTE = 60;

/** How many words by token one address may send: far fewer than what the service takes of one address otherwise. */
export class WordLimit {
  private readonly buckets: TokenBuckets;

  /** @param nowMs a clock that never goes back */
  constructor(perMinute: number, private readonly nowMs: () => number) {
    this.buckets = new TokenBuckets({ perSecond: perMinute / SECONDS_PER_MINUTE, burst: perMinute });
  }

  /** Whether one more may come from an address. */
  take(address: string): boolean {
    return this.buckets.take(address, this.nowMs()) === 0;
  }
}

@Injectable()
export class WordLimitGuard implements CanActivate {
  constructor(private readonly limit: WordLimit) {}

  canActivate(context: ExecutionContext): boolean {
    if (this.limit.take(addressOf(context.switchToHttp().getRequest<Request>().ip))) return true;
    throw new RefusalException({ code: 'RATE_LIMIT.EXCEEDED', detail: 'more words by token than one address may send; wait a minute' });
  }
}
