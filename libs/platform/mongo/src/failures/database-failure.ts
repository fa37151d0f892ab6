import { types } from 'node:util';
import { mongo } from 'mongoose';

/** The statement did not run, or ran and was rolled back whole: running it again can succeed at once. */
const TRANSIENT_CODES: ReadonlySet<number> = new Set([
  91, // ShutdownInProgress
  112, // WriteConflict
  189, // PrimarySteppedDown
  10107, // NotWritablePrimary
  11600, // InterruptedAtShutdown
  11602, // InterruptedDueToReplStateChange
  13435, // NotPrimaryNoSecondaryOk
  13436, // NotPrimaryOrSecondary
  16908292, // the compatible server's name for a write conflict
]);

/** The server answers but does not get the work done in time or in enough copies. */
const OVERLOAD_CODES: ReadonlySet<number> = new Set([
  6, // HostUnreachable
  7, // HostNotFound
  50, // MaxTimeMSExpired
  64, // WriteConcernTimeout
  89, // NetworkTimeout
  100, // UnsatisfiableWriteConcern
  202, // NetworkInterfaceExceededTimeLimit
  262, // ExceededTimeLimit
  9001, // SocketException
]);

/** The compatible server has one code for all that its engine reports; these texts are passing states of the engine. */
const INTERNAL_CODE = 1;
const PASSING_ENGINE_STATE =
  /deadlock detected|starting up|not yet accepting|shutting down|in recovery mode|terminating connection|connect(ion)? (to|refused|reset)|unexpected EOF|conn closed|broken pipe|too many clients|remaining connection slots/i;

/** The system's and Node's own codes for a connection that broke under an operation: the driver lets some through as they are. */
const BROKEN_SOCKET: ReadonlySet<string> = new Set([
  'EPIPE', 'ECONNRESET', 'ECONNABORTED', 'ENOTCONN', 'ETIMEDOUT',
  'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END', 'ERR_STREAM_PREMATURE_CLOSE',
]);

/** The driver's and mongoose's names for a server that could not be reached in time; they come after a wait. */
const UNREACHABLE: ReadonlySet<string> = new Set([
  'MongoServerSelectionError', 'MongooseServerSelectionError', 'MongoWaitQueueTimeoutError', 'MongoOperationTimeoutError',
  'MongoNotConnectedError', 'MongoTopologyClosedError', 'MongoPoolClosedError', 'MongoServerClosedError',
  'MongoClientClosedError', 'MongoExpiredSessionError',
]);

export const DUPLICATE_CODE = 11000;

/** A unique key is taken: code 11000 and nothing else; messages and key patterns differ between servers. */
export function isDuplicate(error: unknown): boolean {
  return codeOf(error) === DUPLICATE_CODE;
}

/** True when the same idempotent statement may succeed if it is sent again at once. */
export function isTransient(error: unknown): boolean {
  const cause = unwrapped(error);
  return isBrokenConnection(cause) || isTransientCode(codeOf(cause), messageOf(cause));
}

export function isTransientCode(code: number | undefined, message: string): boolean {
  if (code === INTERNAL_CODE) return PASSING_ENGINE_STATE.test(message);
  return code !== undefined && TRANSIENT_CODES.has(code);
}

/**
 * True when the database cannot be reached or does not work now (network, no server, time limit, fail-over, starting
 * up): a consumer pauses its lane, HTTP answers 503. False for a bug or a refused operation.
 */
export function isDatabaseAway(error: unknown): boolean {
  const cause = unwrapped(error);
  if (isTransient(cause) || UNREACHABLE.has(nameOf(cause))) return true;
  const code = codeOf(cause);
  return code !== undefined && OVERLOAD_CODES.has(code);
}

/** A bulk write wraps what the driver threw into an error of its own that hides the class. */
function unwrapped(error: unknown): unknown {
  return error instanceof mongo.MongoBulkWriteError && types.isNativeError(error.errorResponse) ? error.errorResponse : error;
}

/** Not `instanceof`: what Node itself throws may be of another realm than this module. */
function nameOf(error: unknown): string {
  return types.isNativeError(error) ? error.name : '';
}

/** Also connections that were cleared away under an operation: kinds of their own, with names of their own. */
function isBrokenConnection(error: unknown): boolean {
  return error instanceof mongo.MongoNetworkError || isBrokenSocket(error);
}

function isBrokenSocket(error: unknown): boolean {
  return types.isNativeError(error) && 'code' in error && typeof error.code === 'string' && BROKEN_SOCKET.has(error.code);
}

function messageOf(error: unknown): string {
  return types.isNativeError(error) ? error.message : '';
}

function codeOf(error: unknown): number | undefined {
  if (!types.isNativeError(error) || !('code' in error)) return undefined;
  return typeof error.code === 'number' ? error.code : undefined;
}
