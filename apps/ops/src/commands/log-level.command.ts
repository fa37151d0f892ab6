import { readOptions } from '../command-line';
import { EXIT, OpsFailure, UsageFailure } from '../failure';
import { loadAddressConfig, loadSigningConfig } from '../ops.config';
import { describeProblem, request, type HttpAnswer } from '../services/http-request';
import { operatorToken } from '../services/tokens';
import type { Command } from './command';

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export const logLevelCommand: Command = {
  name: 'log-level',
  usage: 'log-level [SERVICE LEVEL]',
  purpose: 'say how much each service logs, or change it of one that runs, until its next start',
  run: async (args, out) => {
    const { positionals } = readOptions(args, {}, 2);
    const addresses: Readonly<Record<string, string>> = loadAddressConfig();
    const [service, level] = positionals;
    if (service === undefined) {
      for (const [name, url] of Object.entries(addresses)) out(`${name} ${levelIn(await request({ method: 'GET', url: `${url}/log-level` }, 0))}\n`);
      return EXIT.done;
    }
    const url = addresses[service];
    if (url === undefined) throw new UsageFailure(`${service} is no service: ${Object.keys(addresses).join(', ')}.`);
    if (!LEVELS.some((known) => known === level)) throw new UsageFailure(`The level is one of ${LEVELS.join(', ')}.`);
    const token = await operatorToken(loadSigningConfig(), ['operator']);
    out(`${service} ${levelIn(await request({ method: 'PUT', url: `${url}/log-level`, token, body: { level } }, 0))}\n`);
    return EXIT.done;
  },
};

function levelIn(answer: HttpAnswer): string {
  const { level } = typeof answer.json === 'object' && answer.json !== null ? answer.json as { level?: unknown } : {};
  if (answer.status !== 200 || typeof level !== 'string') throw new OpsFailure(`The service refuses: ${describeProblem(answer)}.`);
  return level;
}
