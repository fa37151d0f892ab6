import { runInNewContext } from 'node:vm';
import { mongo, Error as MongooseError } from 'mongoose';
import { isDatabaseAway, isDuplicate, isTransient } from './database-failure';

const serverError = (code: number, message = 'refused') => new mongo.MongoServerError({ message, code });
const bulkError = (cause: Error) => new mongo.MongoBulkWriteError(cause, {} as mongo.BulkWriteResult);
const broken = new mongo.MongoNetworkError('read ECONNRESET');
const clearedAway = Object.defineProperty(new mongo.MongoNetworkError('interrupted due to server monitor timeout'), 'name', { value: 'PoolClearedOnNetworkError' });
const endedSocket = Object.assign(new Error('This socket has been ended by the other party'), { code: 'EPIPE' });
const ofAnotherRealm = runInNewContext("Object.assign(new Error('write ECONNRESET'), { code: 'ECONNRESET' })") as Error;
const withdrawnSocket = Object.assign(new Error('write after end'), { code: 'ERR_STREAM_WRITE_AFTER_END' });
const unreachable = new mongo.MongoServerSelectionError('no server', {} as mongo.TopologyDescription);

describe('a failure of the database', () => {
  it.each([
    ['a broken connection', broken, true, true],
    ['a broken connection under a bulk write', bulkError(broken), true, true],
    ['a connection that was cleared away, under a bulk write', bulkError(clearedAway), true, true],
    ['a write to a socket that the server has ended', endedSocket, true, true],
    ['a reset that Node itself reports', ofAnotherRealm, true, true],
    ['a socket that Node had withdrawn', withdrawnSocket, true, true],
    ['a write to a socket that the server has ended, under a bulk write', bulkError(endedSocket), true, true],
    ['a network time limit', new mongo.MongoNetworkTimeoutError('timed out'), true, true],
    ['no reachable server', unreachable, false, true],
    ['no reachable server for a bulk write', bulkError(unreachable), false, true],
    ['no reachable server for mongoose', new MongooseError.MongooseServerSelectionError('no server'), false, true],
    ['a closed client', new mongo.MongoNotConnectedError('closed'), false, true],
    ['a server that shuts down', serverError(91), true, true],
    ['a write conflict', serverError(112), true, true],
    ['a new primary', serverError(189), true, true],
    ['a write conflict of the compatible server', serverError(16908292), true, true],
    ['a deadlock of the engine', serverError(1, 'deadlock detected'), true, true],
    ['a deadlock under a bulk write', bulkError(serverError(1, 'deadlock detected')), true, true],
    ['an engine that starts', serverError(1, 'FATAL: the database system is starting up'), true, true],
    ['an engine that recovers', serverError(1, 'the database system is not yet accepting connections'), true, true],
    ['an engine whose connection broke', serverError(1, 'write failed: write unix: broken pipe'), true, true],
    ['an engine that cannot be reached', serverError(1, 'failed to connect to `host=… `'), true, true],
    ['the time limit of a command', serverError(50), false, true],
    ['too few copies of a write', serverError(64), false, true],
    ['another internal failure', serverError(1, 'unknown operator: $where'), false, false],
    ['a taken key', serverError(11000), false, false],
    ['a refused command', serverError(9, 'failed to parse'), false, false],
    ['a bug of ours', new TypeError('undefined is not a function'), false, false],
    ['an error with a code that is text', Object.assign(new Error('no file'), { code: 'ENOENT' }), false, false],
    ['no error at all', 'text', false, false],
  ])('%s', (_what, error, transient, away) => {
    expect({ transient: isTransient(error), away: isDatabaseAway(error) }).toEqual({ transient, away });
  });

  it('is a duplicate by code 11000 and by nothing else', () => {
    expect(isDuplicate(serverError(11000))).toBe(true);
    expect(isDuplicate(serverError(1, 'E11000 duplicate key error'))).toBe(false);
    expect(isDuplicate(undefined)).toBe(false);
  });
});
