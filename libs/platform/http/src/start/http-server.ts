import { createServer } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { ClientTimeouts } from '../limits/http-limits';

/** Express on a server whose time limits for clients are its own: some can be told to Node only when it is made. */
export class TimedExpressAdapter extends ExpressAdapter {
  constructor(private readonly timeouts: ClientTimeouts) {
    super();
  }

  override initHttpServer(): void {
    const { headMs, requestMs, keepAliveMs, checkEveryMs } = this.timeouts;
    this.httpServer = createServer({
      headersTimeout: headMs,
      requestTimeout: requestMs,
      keepAliveTimeout: keepAliveMs,
      connectionsCheckingInterval: checkEveryMs,
      // Node's answer to a request without a host is empty; ours says what is wrong.
      requireHostHeader: false,
      insecureHTTPParser: false,
    }, this.getInstance());
  }
}
