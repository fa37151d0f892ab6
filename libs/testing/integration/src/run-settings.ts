/**
 * What the start of the run tells the spec processes: they inherit its environment and nothing else.
 * A spec that reads one of these without the global setup fails with the reason.
 */
const NAMES = {
  kafka: 'INDEX766_TEST_KAFKA',
  mongo: 'INDEX766_TEST_MONGO',
  servers: 'INDEX766_TEST_SERVERS',
  run: 'INDEX766_TEST_RUN',
} as const;

export type RunSetting = keyof typeof NAMES;

export function setRunSetting(setting: RunSetting, value: string): void {
  process.env[NAMES[setting]] = value;
}

export function runSetting(setting: RunSetting): string {
  const value = process.env[NAMES[setting]];
  if (value === undefined) throw new Error('no servers: run this spec by jest.int.config.cjs or jest.e2e.config.cjs');
  return value;
}
