import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { run } from '../commands.mjs';
import { makeOnce } from '../exclusive.mjs';
import { StartFailure } from '../failure.mjs';
import { logTail, startGuarded } from '../guarded-process.mjs';
import { engineProgram } from './engine.mjs';
import { giveToServer, plainEnvironment, serverIdentity } from './places.mjs';

const SETTINGS_FILE = 'index766.conf';
const READY_WITHIN_MS = 60_000;

/**
 * Settings of the engine. `deadlock_timeout` and `throwDeadlockOnCRUD` make a lost race fail at once so that it can be
 * retried; documents are compressed at every write, which lz4 does for a fraction of the default's processor time. Indexes
 * read dead entries at every look until they are vacuumed: outboxes, whose entries come and go, need that often.
 */
const settings = (socketFolder) => `
shared_preload_libraries = 'pg_cron,pg_documentdb_core,pg_documentdb'
listen_addresses = ''
unix_socket_directories = '${socketFolder}'
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
max_connections = 200
max_worker_processes = 24
shared_buffers = 256MB
max_wal_size = 2GB
default_toast_compression = 'lz4'
autovacuum_naptime = 10s
jit = off
timezone = 'GMT'
log_timezone = 'GMT'
deadlock_timeout = 10ms
cron.use_background_workers = on
cron.database_name = 'postgres'
cron.log_run = off
cron.log_statement = off
documentdb.localhost_connection_string = 'host=${socketFolder}'
documentdb.maxWriteBatchSize = 100000
documentdb.throwDeadlockOnCRUD = on
documentdb_core.enableCollation = on
`;

/** A short path, because the name of a socket ends at 107 bytes; one per data folder, so that killed runs leave one at most. */
function makeSocketFolder(dataFolder) {
  const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 12);
  const folder = path.join(os.tmpdir(), `i766-${name}`);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { mode: 0o700 });
  giveToServer(folder);
  return folder;
}

const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

async function sql(engine, socketFolder, statement) {
  const connection = ['-X', '-q', '-h', socketFolder, '-U', 'postgres', '-d', 'postgres', '-v', 'ON_ERROR_STOP=1'];
  const [command, args] = engineProgram(engine, 'psql', connection);
  await run('Preparing the database', command, args, { input: statement, env: plainEnvironment(), ...serverIdentity() });
}

/** The eighth line of postmaster.pid says "ready"; it is what PostgreSQL's own pg_ctl reads. */
function saysReady(dataFolder, pid) {
  const file = path.join(dataFolder, 'postmaster.pid');
  if (!fs.existsSync(file)) return false;
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  return Number(lines[0]) === pid && (lines[7] ?? '').startsWith('ready');
}

/** The gateway of the killed server writes to the same log until it ends: the reason is not among the very last lines. */
const REASON_LINES = 200;

/** A server killed a moment ago may still hold its memory segment; the next start says so and has to be repeated. */
const predecessorStillThere = (logFile) => /still in use|already exists/.test(logTail(logFile, REASON_LINES));
/** The server itself is gone then, or it would be named. */
const partsOfPredecessorStillThere = (logFile) => /shared memory block .* is still in use/.test(logTail(logFile, REASON_LINES));

function isOfEngine(pid, dataFolder) {
  try {
    return fs.readlinkSync(`/proc/${pid}/cwd`) === dataFolder && fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
  } catch {
    return false; // it has ended meanwhile
  }
}

/**
 * Ends what a killed server left running. pg_cron's launcher may not notice that its server is gone: then it turns on for ever
 * and holds the memory segment that the next start needs.
 */
function endLeftovers(dataFolder) {
  if (!fs.existsSync(dataFolder)) return;
  const folder = fs.realpathSync(dataFolder);
  const left = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isOfEngine(name, folder));
  for (const pid of left) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  }
}

async function startOnce(engine, dataFolder, socketFolder, logFile) {
  const [command, args] = engineProgram(engine, 'postgres', ['-D', dataFolder]);
  const server = await startGuarded({ command, args, logFile, stopSignal: 'INT', env: plainEnvironment(), cwd: dataFolder, ...serverIdentity() });
  for (const end = Date.now() + READY_WITHIN_MS; !saysReady(dataFolder, server.pid); await wait(20)) {
    if (!server.hasExited() && Date.now() < end) continue;
    await server.kill();
    return undefined;
  }
  return server;
}

/** Starts the engine on a data folder; resolves to { socketFolder, pid, exited, stop(), kill() } when it takes statements. */
export async function startCluster(engine, dataFolder, logFile) {
  const socketFolder = makeSocketFolder(dataFolder);
  const settingsFile = path.join(dataFolder, SETTINGS_FILE);
  fs.writeFileSync(settingsFile, settings(socketFolder));
  giveToServer(settingsFile);
  let server = await startOnce(engine, dataFolder, socketFolder, logFile);
  for (const end = Date.now() + 15_000; server === undefined && predecessorStillThere(logFile) && Date.now() < end; ) {
    if (partsOfPredecessorStillThere(logFile)) endLeftovers(dataFolder);
    await wait(200);
    server = await startOnce(engine, dataFolder, socketFolder, logFile);
  }
  const removeSocketFolder = () => fs.rmSync(socketFolder, { recursive: true, force: true });
  if (server === undefined) {
    removeSocketFolder();
    throw new StartFailure(`The database did not start; the end of ${logFile} says:\n${logTail(logFile)}`);
  }
  void server.exited.then(() => {
    removeSocketFolder();
    endLeftovers(dataFolder);
  });
  return { ...server, socketFolder };
}

/** A prepared data folder, made once: every new database starts as a copy of it. */
export function makeTemplate(engine, folder, log) {
  return makeOnce(path.join(folder, 'template'), async (draft) => {
    log('preparing the first data folder');
    fs.mkdirSync(draft);
    giveToServer(draft);
    const options = ['-D', draft, '-U', 'postgres', '-E', 'UTF8', '--locale=C', '-A', 'trust', '--no-sync', '--no-instructions'];
    const [command, args] = engineProgram(engine, 'initdb', options);
    await run('Preparing the data folder of the database', command, args, { env: plainEnvironment(), cwd: draft, ...serverIdentity() });
    fs.appendFileSync(path.join(draft, 'postgresql.conf'), `\ninclude '${SETTINGS_FILE}'\n`);
    const logFile = `${draft}.log`;
    const server = await startCluster(engine, draft, logFile);
    try {
      await sql(engine, server.socketFolder, 'SET client_min_messages = warning; CREATE EXTENSION documentdb CASCADE;');
    } finally {
      await server.stop();
    }
    fs.rmSync(logFile, { force: true });
  });
}

/** Copies the template to `dataFolder` unless there is a database already. */
export async function ensureDataFolder(template, dataFolder) {
  if (fs.existsSync(path.join(dataFolder, 'PG_VERSION'))) return;
  fs.rmSync(dataFolder, { recursive: true, force: true });
  fs.mkdirSync(path.dirname(dataFolder), { recursive: true });
  await run('Making the data folder of the database', 'cp', ['-a', '--reflink=auto', template, dataFolder]);
}

/** Makes the account that clients use, or gives it its password anew. */
export function ensureAccount(engine, socketFolder, user, password) {
  return sql(
    engine,
    socketFolder,
    `DO $$ BEGIN
       IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${quoted(user)}) THEN EXECUTE format('CREATE ROLE %I', ${quoted(user)}); END IF;
       EXECUTE format('ALTER ROLE %I LOGIN SUPERUSER PASSWORD %L', ${quoted(user)}, ${quoted(password)});
     END $$;`,
  );
}
