/** One thing that is wrong with the environment. Names the variable, never repeats its value. */
export interface ConfigProblem {
  readonly variable: string;
  readonly problem: string;
}

/** Why a service does not start: all problems at once, so that an operator mends them in one go. */
export class ConfigError extends Error {
  readonly code = 'CONFIG.INVALID';

  constructor(readonly problems: readonly ConfigProblem[]) {
    super(`the environment is not valid: ${problems.map(({ variable, problem }) => `${variable} ${problem}`).join('; ')}`);
    this.name = 'ConfigError';
  }
}
