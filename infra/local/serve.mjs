import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { StartFailure, exitOnFailure } from './failure.mjs';

/** True for the module that node was started with. */
export const isEntry = (moduleUrl) => process.argv[1] !== undefined && fs.realpathSync(process.argv[1]) === fileURLToPath(moduleUrl);

/**
 * The command line of a local server: `install`, or `start`, which prints one JSON line when the server is ready and
 * stops it on a signal or when standard input closes (so a program that started it by a pipe cannot leave it behind).
 */
export function serve({ name, defaultPort, install, start, describe }) {
  return exitOnFailure(async () => {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        port: { type: 'string', default: String(defaultPort) },
        data: { type: 'string' },
        user: { type: 'string' },
        'password-file': { type: 'string' },
        'stop-with-stdin': { type: 'boolean', default: false },
      },
    });
    const log = (line) => console.error(`${name}: ${line}`);
    if (positionals[0] === 'install') return install({ log });
    if (positionals[0] !== 'start') throw new StartFailure('Say install or start.');

    const server = await start({
      port: Number(values.port),
      ...(values.data === undefined ? {} : { dataFolder: path.resolve(values.data) }),
      ...(values.user === undefined ? {} : { user: values.user, password: fs.readFileSync(values['password-file'], 'utf8').trim() }),
      log,
    });
    let stopping = false;
    const stop = async () => {
      if (stopping) return;
      stopping = true;
      await server.stop();
      process.exit(0);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop());
    if (values['stop-with-stdin']) process.stdin.resume().once('close', () => void stop());
    console.log(JSON.stringify(describe(server)));
    const end = await server.exited;
    if (!stopping) throw new StartFailure(`${name} ended by itself (${end}); see ${server.logFile}.`);
    return undefined;
  });
}
