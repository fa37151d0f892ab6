import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { StartFailure } from '../../infra/local/failure.mjs';
import { SERVICE_NAMES } from './environment.mjs';
import { membersOf } from './members.mjs';

const USAGE = 'npm run up -- [--once] [--sample province] [--figures FILE [--strict]] [--period 2026-10] [--members aggregator=2] [--restore DIR] [--json] [--port-offset N]';

/** Where the caller stands: npm changes to the project's root before it starts a script. */
export const callerFolder = () => process.env.INIT_CWD ?? process.cwd();

const OPTIONS = {
  once: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  sample: { type: 'string' },
  figures: { type: 'string' },
  strict: { type: 'boolean', default: false },
  period: { type: 'string', default: '2026-10' },
  members: { type: 'string', multiple: true, default: [] },
  restore: { type: 'string' },
  'port-offset': { type: 'string', default: '0' },
};

function parse(args) {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch (error) {
    throw new StartFailure(`${error.message.split('\n')[0]} Usage: ${USAGE}`);
  }
}

function readFigures(given) {
  if (given === undefined) return undefined;
  const file = path.resolve(callerFolder(), given);
  if (!fs.existsSync(file)) throw new StartFailure(`There is no file ${given}.`);
  return file;
}

function backupFolder(given) {
  if (given === undefined) return undefined;
  const folder = path.resolve(callerFolder(), given);
  if (!fs.existsSync(path.join(folder, 'backup.json'))) throw new StartFailure(`${given} is no backup: it has no backup.json.`);
  return folder;
}

/** Data of one sample never meets data of another: each has its own data folders, named by what it is made from. */
function sampleName({ sample, figures, period }) {
  const kind = sample ?? 'default';
  const source = figures === undefined ? '' : createHash('sha256').update(fs.readFileSync(figures)).digest('hex').slice(0, 8);
  return [kind, source, period].filter(Boolean).join('-');
}

/**
 * Options of `npm run up`: { once, json, portOffset, members, figures?, strict, period, backup?, dataName, sampleArguments }; the last are
 * the arguments by which the operator commands know which sample is meant. `strict`: figures that break a rule fail.
 * `backup`: what is put into the empty stores instead of a sample.
 */
export function upOptions(args) {
  const { once, json, sample, figures: given, strict, period, members: stated, restore, 'port-offset': offset } = parse(args);
  if (sample !== undefined && sample !== 'province') throw new StartFailure(`--sample takes 'province'. Usage: ${USAGE}`);
  if (!/^\d{4}-\d{2}$/.test(period)) throw new StartFailure(`--period takes a month such as 2026-10. Usage: ${USAGE}`);
  if (!/^\d{1,4}$/.test(offset)) throw new StartFailure(`--port-offset takes a small number. Usage: ${USAGE}`);
  const members = membersOf(stated, SERVICE_NAMES);
  const figures = readFigures(given);
  if (strict && figures === undefined) throw new StartFailure(`--strict goes with --figures. Usage: ${USAGE}`);
  const sampleArguments = ['--period', period];
  if (figures !== undefined) sampleArguments.push('--figures', figures);
  if (sample !== undefined) sampleArguments.push('--sample', sample);
  return { once, json, figures, strict, period, members, portOffset: Number(offset), backup: backupFolder(restore), dataName: sampleName({ sample, figures, period }), sampleArguments };
}
