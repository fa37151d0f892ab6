import {
  ALL_UNITS, createSourceToken, isRole, isSourceName, issueLocalToken, ROLES, SOURCE_NAME_FORM, type Role,
} from '@index766/platform-auth';
import { parseUnitCode } from '@index766/kernel';
import { readOptions, splitList } from '../command-line';
import { EXIT, UsageFailure } from '../failure';
import { loadSigningConfig, loadSourceTokenConfig } from '../ops.config';
import { addSourceToken } from '../writing/source-token-file';
import type { Command } from './command';

const DEFAULT_LIFETIME = '12h';
const OPTIONS = {
  role: { type: 'string', multiple: true },
  unit: { type: 'string', multiple: true },
  lifetime: { type: 'string' },
  subject: { type: 'string' },
  static: { type: 'boolean' },
  name: { type: 'string' },
} as const;

type TokenOptions = ReturnType<typeof readOptions<typeof OPTIONS>>['values'];

export const tokenCommand: Command = {
  name: 'token',
  usage: 'token --role ROLE [--role …] [--unit UNIT …] [--lifetime 12h] [--subject NAME] | token --static --role source --unit UNIT [--unit …] --name NAME',
  purpose: 'make a bearer token of the development key (without --unit for all units), or a static one for a source',
  run: async (args, out, say) => {
    const { values } = readOptions(args, OPTIONS);
    const token = values.static ? await staticToken(values, say) : await signedToken(values);
    out(`${token}\n`);
    return EXIT.done;
  },
};

function signedToken({ role, unit, lifetime = DEFAULT_LIFETIME, subject, name }: TokenOptions): Promise<string> {
  if (name !== undefined) throw new UsageFailure('--name goes together with --static; the subject of a signed token is --subject.');
  const roles = rolesOf(role);
  if (!/^\d{1,4}[smhd]$/.test(lifetime)) throw new UsageFailure('--lifetime takes a time like 30m, 12h or 7d.');
  const { signingKey, issuer, audience } = loadSigningConfig();
  return issueLocalToken(signingKey.reveal(), {
    roles, units: unitsOf(splitList(unit) ?? [ALL_UNITS]), lifetime, issuer, audience, ...(subject === undefined ? {} : { subject }),
  });
}

/** Without an end and shown once, so its scope has to be stated: all units are `--unit '*'`. */
async function staticToken({ role, unit, lifetime, subject, name }: TokenOptions, say: (text: string) => void): Promise<string> {
  if (lifetime !== undefined || subject !== undefined) throw new UsageFailure('--static goes with neither --lifetime nor --subject.');
  if (name === undefined || !isSourceName(name)) throw new UsageFailure(`--name is the name of the source: ${SOURCE_NAME_FORM}.`);
  const [roles, units] = [rolesOf(role), unitsOf(splitList(unit) ?? [])];
  if (units.length === 0) throw new UsageFailure('--unit says for which units the source speaks.');
  const { file } = loadSourceTokenConfig();
  const { token, sha256 } = createSourceToken();
  await addSourceToken(file, { name, sha256, roles, units });
  say(`The hash of the token is in ${file}; the token itself is shown only here.\nServices read that file at their start: restart them to use it (compose: first docker compose run --rm --no-deps secrets).\n`);
  return token;
}

function rolesOf(given: readonly string[] | undefined): readonly Role[] {
  const roles = splitList(given) ?? [];
  if (roles.length === 0 || !roles.every(isRole)) throw new UsageFailure(`--role is one of ${ROLES.join(', ')}.`);
  return roles;
}

function unitsOf(given: readonly string[]): readonly string[] {
  return given.map((text) => {
    const unit = text === ALL_UNITS ? ALL_UNITS : parseUnitCode(text);
    if (unit === undefined) throw new UsageFailure(`--unit: ${text} is no code of a unit, such as H44.114, nor *.`);
    return unit;
  });
}
