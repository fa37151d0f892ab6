import { ALL_UNITS, isRole, issueLocalToken, ROLES } from '@index766/platform-auth';
import { parseUnitCode } from '@index766/kernel';
import { readOptions, splitList } from '../command-line';
import { EXIT, UsageFailure } from '../failure';
import { loadSigningConfig } from '../ops.config';
import type { Command } from './command';

const DEFAULT_LIFETIME = '12h';

export const tokenCommand: Command = {
  name: 'token',
  usage: 'token --role ROLE [--role …] [--unit UNIT …] [--lifetime 12h] [--subject NAME]',
  purpose: 'make a bearer token of the development key; without --unit for all units',
  run: async (args, out) => {
    const { values } = readOptions(args, {
      role: { type: 'string', multiple: true }, unit: { type: 'string', multiple: true }, lifetime: { type: 'string' }, subject: { type: 'string' },
    });
    const roles = splitList(values.role) ?? [];
    const unknown = roles.find((role) => !isRole(role));
    if (roles.length === 0 || unknown !== undefined) throw new UsageFailure(`--role is one of ${ROLES.join(', ')}.`);
    const lifetime = values.lifetime ?? DEFAULT_LIFETIME;
    if (!/^\d{1,4}[smhd]$/.test(lifetime)) throw new UsageFailure('--lifetime takes a time like 30m, 12h or 7d.');
    const { signingKey, issuer, audience } = loadSigningConfig();
    const token = await issueLocalToken(signingKey.reveal(), {
      roles: roles.filter(isRole), units: unitsOf(splitList(values.unit)), lifetime, issuer, audience,
      ...(values.subject === undefined ? {} : { subject: values.subject }),
    });
    out(`${token}\n`);
    return EXIT.done;
  },
};

function unitsOf(given: readonly string[] | undefined): readonly string[] {
  return (given ?? [ALL_UNITS]).map((text) => {
    const unit = text === ALL_UNITS ? ALL_UNITS : parseUnitCode(text);
    if (unit === undefined) throw new UsageFailure(`--unit: ${text} is no code of a unit, such as H44.114, nor *.`);
    return unit;
  });
}
