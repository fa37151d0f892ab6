import { parseArgs, types, type ParseArgsConfig } from 'node:util';
import { codeOf, UsageFailure } from './failure';

type Options = NonNullable<ParseArgsConfig['options']>;
type Values<Known extends Options> = {
  readonly [Name in keyof Known]?: Known[Name] extends { multiple: true } ? string[] : Known[Name] extends { type: 'boolean' } ? boolean : string;
};

/** Reads the options of one command; what it does not know is a usage failure that names the option. */
export function readOptions<const Known extends Options>(args: readonly string[], options: Known, positionals = 0): { values: Values<Known>; positionals: readonly string[] } {
  try {
    const read = parseArgs({ args: [...args], options, allowPositionals: positionals > 0, strict: true });
    if (read.positionals.length > positionals) throw new UsageFailure(`I do not know what ${read.positionals.at(-1) ?? ''} is for.`);
    return { values: read.values, positionals: read.positionals };
  } catch (error) {
    const sentence = complaintOf(error);
    if (sentence === undefined) throw error;
    throw new UsageFailure(sentence);
  }
}

/** What `parseArgs` has against the options, without its advice; undefined for any other error. */
function complaintOf(error: unknown): string | undefined {
  if (!types.isNativeError(error) || codeOf(error)?.startsWith('ERR_PARSE_ARGS') !== true) return undefined;
  return `${error.message.split(/[\n.]/)[0] ?? error.message}.`;
}

/** `--units H44.1,H44.2` and `--units H44.1 --units H44.2` mean the same. */
export function splitList(values: readonly string[] | undefined): readonly string[] | undefined {
  return values?.flatMap((value) => value.split(',')).map((value) => value.trim()).filter((value) => value !== '');
}

/** A whole number from `least` up, or a usage failure that names the option. */
export function wholeNumber(text: string | undefined, option: string, otherwise: number, least = 0): number {
  if (text === undefined) return otherwise;
  if (!/^\d{1,15}$/.test(text) || Number(text) < least) throw new UsageFailure(`--${option} takes a whole number from ${least} up.`);
  return Number(text);
}
