import type { FuzzedRequest } from './arbitrary-request';
import type { StoredState } from './stored-state';

/** A running service as the suite sees it. */
export interface RunningFuzzedService {
  /** `http://127.0.0.1:7662` */
  readonly url: string;
  /** A token that may do everything, so that what is refused is refused for what it says. */
  readonly token: string;
  /** Number of documents and sum of their versions, by collection: a request that was refused leaves it as it was. */
  state(): Promise<StoredState>;
  /** Rejects unless everything that is stored is whole: numbered without gaps, and sent as it is stored. */
  checkWhole?(): Promise<void>;
  stop(): Promise<void>;
}

export interface FuzzedService {
  readonly name: string;
  start(): Promise<RunningFuzzedService>;
  /** Good values of path and query parameters by their names, besides the examples of the OpenAPI document. */
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  /** Good bodies by operation (`Controller.method`), where the document's examples make none; CSV as text. */
  readonly bodies?: Readonly<Record<string, readonly unknown[]>>;
  /** Headers by which the sender of a finished request proves who it is, for operations that ask for more than a token. */
  readonly sign?: (operationId: string, request: FuzzedRequest) => Readonly<Record<string, string>>;
  /** Operations whose plain request is done: were all refused, nothing that is taken would be looked at. */
  readonly done: readonly string[];
}
