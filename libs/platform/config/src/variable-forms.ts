const DURATION_UNITS = { MS: 1, SECONDS: 1000, MINUTES: 60_000, HOURS: 3_600_000, DAYS: 86_400_000 } as const;

export type DurationVariableName = `${string}_${keyof typeof DURATION_UNITS}`;

/** NaN for what is no whole number in decimal digits: `Number('')` is 0 and `Number('1e3')` is 1000. */
export function parseInteger(text: string): number {
  return /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}

/** Milliseconds, by the unit at the end of the variable's name; NaN for what is no whole number, or negative. */
export function parseDuration(variable: DurationVariableName, text: string): number {
  const amount = parseInteger(text);
  const unit = variable.slice(variable.lastIndexOf('_') + 1) as keyof typeof DURATION_UNITS;
  return amount < 0 ? Number.NaN : amount * DURATION_UNITS[unit];
}

export function parseFlag(text: string): boolean | undefined {
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

export function parseList(text: string): string[] {
  return text.split(',').map((item) => item.trim()).filter((item) => item !== '');
}

export function isPlainUrl(text: string, protocols: readonly string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol);
}
