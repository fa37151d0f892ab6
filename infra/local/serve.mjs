import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { StartFailure, exitOnFailure } from './failure.mjs';

/** True for the module that node was started with. */
export const isEntry = (moduleUrl) => process.argv[1] !== undefined && fs.realpathSync(process.argv[1]) === fileURLToPath(moduleUrl);

/**
 * The command line of a local server: `install`, or `start`, which prints one JSON line when the server is ready and
 * stops it on a signal or, if asked to, when standard input closes (so that a program which started it by a pipe cannot
 * leave it behind). `--name` names the data folder inside the state folder, `--throwaway` removes it at the end.
 */
export function serve({ name, defaultPort, install, start, describe }) {
  return exitOnFailure(async () => {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        port: { type: 'string', default: String(defaultPort) },
        name: { type: 'string' },
        throwaway: { type: 'boolean', default: false },
        user: { type: 'string' },
        'password-file': { type: 'string' },
        'data-folder': { type: 'string' },
        behind: { type: 'string', multiple: true },
        'accounts-file': { type: 'string' },
        target: { type: 'string', multiple: true },
        rules: { type: 'string' },
        'stop-with-stdin': { type: 'boolean', default: false },
      },
    });
    const log = (line) => console.error(`${name}: ${line}`);
    if (positionals[0] === 'install') return install({ log });
    if (positionals[0] !== 'start') throw new StartFailure('Say install or start.');

    const server = await start({
      port: Number(values.port),
      ...(values.name === undefined ? {} : { name: values.name }),
      ...(values.user === undefined ? {} : { user: values.user, password: fs.readFileSync(values['password-file'], 'utf8').trim() }),
      ...(values['data-folder'] === undefined ? {} : { dataFolder: values['data-folder'] }),
      ...(values.behind === undefined ? {} : { behind: values.behind }),
      ...(values['accounts-file'] === undefined ? {} : { accounts: JSON.parse(fs.readFileSync(values['accounts-file'], 'utf8')) }),
      ...(values.target === undefined ? {} : { targets: values.target }),
      ...(values.rules === undefined ? {} : { rulesFile: values.rules }),
      log,
    });
    let stopping = false;
    const stop = async () => {
      if (stopping) return;
      stopping = true;
      await server.stop();
      if (values.throwaway) for (const left of server.leavings) fs.rmSync(left, { recursive: true, force: true });
      process.exit(0);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop());
    if (values['stop-with-stdin']) process.stdin.resume().once('close', () => void stop());
    console.log(JSON.stringify({ ...describe(server), leavings: server.leavings }));
    const end = await server.exited;
    if (!stopping) throw new StartFailure(`${name} ended by itself (${end}); see ${server.logFile}.`);
    return undefined;
  });
}
