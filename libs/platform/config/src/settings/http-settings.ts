import { IntegerVariable, ListVariable, PortVariable, TextVariable } from '../variables';

const MEBIBYTE = 1024 * 1024;

/**
 * Where a service listens, and what it takes at once and from one caller. A service gives its own default port:
 * `@Group(HttpSettings, { port: 7662 })`. The defaults of the limits let a province's load by one source pass.
 */
export class HttpSettings {
  @TextVariable('HTTP_HOST')
  readonly host: string = '127.0.0.1';

  @PortVariable('HTTP_PORT')
  readonly port!: number;

  /** Requests a second of one source, which is the subject of its token; a burst of twice as many passes. */
  @IntegerVariable('RATE_LIMIT_SOURCE_PER_SECOND', { min: 1, max: 1_000_000 })
  readonly sourcePerSecond: number = 1_000;

  /** Requests a second without an accepted token, by address. */
  @IntegerVariable('RATE_LIMIT_ADDRESS_PER_SECOND', { min: 1, max: 1_000_000 })
  readonly addressPerSecond: number = 500;

  /** Requests of one source or address that are worked on at a time. */
  @IntegerVariable('RATE_LIMIT_CALLER_IN_WORK', { min: 1, max: 100_000 })
  readonly callerInWork: number = 128;

  /** Bytes of bodies that are read or worked on at a time. */
  @IntegerVariable('HTTP_BODY_MEMORY_BYTES', { min: MEBIBYTE, max: 4096 * MEBIBYTE })
  readonly bodyMemoryBytes: number = 64 * MEBIBYTE;

  @IntegerVariable('HTTP_MAX_CONNECTIONS', { min: 1, max: 1_000_000 })
  readonly maxConnections: number = 5_000;

  /** Proxies in front whose X-Forwarded-For is believed; without them every caller behind one has its address. */
  @ListVariable('HTTP_TRUSTED_PROXIES', { pattern: /^[0-9A-Fa-f.:]{2,45}(?:\/\d{1,3})?$/, example: '10.0.0.7,10.1.0.0/16', optional: true })
  readonly trustedProxies?: readonly string[];
}
