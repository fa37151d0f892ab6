import { parseArgs } from 'node:util';

export const USAGE = `npm run bench:ingest -- [--dossiers 8740] [--rate 200] [--seconds 60] [--runs 3] [--members 1,2] [--only load,steady,rebuild]
                         [--json] [--profile DIR]`;

const PARTS = ['load', 'steady', 'rebuild'];

const OPTIONS = {
  dossiers: { type: 'string', default: '8740' },
  rate: { type: 'string', default: '200' },
  seconds: { type: 'string', default: '60' },
  runs: { type: 'string', default: '3' },
  members: { type: 'string', default: '1,2' },
  only: { type: 'string', default: PARTS.join(',') },
  json: { type: 'boolean', default: false },
  profile: { type: 'string' },
};

const wholeNumber = (name, text) => {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`--${name} takes whole numbers from 1. Usage: ${USAGE}`);
  return Number(text);
};

/** What the command line asks for: { dossiers, rate (facts/s), seconds, runs, members: number[], parts: Set, json, profile }. */
export function readOptions(args) {
  const { values } = parseArgs({ args, options: OPTIONS });
  const parts = new Set(values.only.split(','));
  if ([...parts].some((part) => !PARTS.includes(part))) throw new Error(`--only takes ${PARTS.join(', ')}. Usage: ${USAGE}`);
  return {
    dossiers: wholeNumber('dossiers', values.dossiers),
    rate: wholeNumber('rate', values.rate),
    seconds: wholeNumber('seconds', values.seconds),
    runs: wholeNumber('runs', values.runs),
    members: values.members.split(',').map((each) => wholeNumber('members', each)),
    parts,
    json: values.json,
    profile: values.profile,
  };
}
