import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { ConfigError, type ConfigProblem } from './config-error';
import { crossCheckProblems } from './cross-check';
import { Secret } from './secret';
import { bindingsOf, type Binding, type SettingsClass } from './variable-bindings';

export type Environment = Readonly<Record<string, string | undefined>>;
export type DeepReadonly<T> = T extends Secret | ((...parameters: never[]) => unknown)
  ? T
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

/**
 * Reads a service's settings from its environment: typed, checked and frozen. Variables that no settings class names
 * are left alone; an empty variable counts as not set.
 * @throws ConfigError with every problem at once, by the names of the variables and without their values.
 */
export function loadConfig<T extends object>(settings: SettingsClass<T>, environment: Environment): DeepReadonly<T> {
  const value = plainToInstance(settings, readGroup(settings, environment, {}));
  const problems = problemsOf(settings, value, environment);
  if (problems.length > 0) throw new ConfigError(problems);
  return deepFreeze(value) as DeepReadonly<T>;
}

function readGroup(
  settings: SettingsClass,
  environment: Environment,
  defaults: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const plain: Record<string, unknown> = { ...defaults };
  for (const [property, binding] of bindingsOf(settings)) {
    if (binding.kind === 'group') {
      plain[property] = readGroup(binding.settings, environment, binding.defaults);
      continue;
    }
    const value = readVariable(binding, environment);
    if (value !== undefined) plain[property] = value;
  }
  return plain;
}

function readVariable(binding: Exclude<Binding, { kind: 'group' }>, environment: Environment): unknown {
  const text = environment[binding.variable]?.trim();
  if (!text) return undefined;
  if (binding.kind === 'secret-file') return readSecretFile(text);
  return binding.kind === 'secret' ? new Secret(text) : text;
}

/**
 * False for a file that cannot be read or is empty: the field's own check refuses that (and does not take it for "not
 * set"), so that all problems are told together.
 */
function readSecretFile(path: string): Secret | false {
  try {
    const content = readFileSync(path, 'utf8').trim();
    return content === '' ? false : new Secret(content);
  } catch {
    // Missing, a folder, no permission: the operator reads which variable it is and looks.
    return false;
  }
}

function problemsOf(settings: SettingsClass, value: object, environment: Environment): ConfigProblem[] {
  const failures = new Map(
    validateSync(value, { forbidUnknownValues: false }).map((failure) => [failure.property, failure]),
  );
  const problems: ConfigProblem[] = [];
  for (const [property, binding] of bindingsOf(settings)) {
    if (binding.kind === 'group') {
      const group = (value as Record<string, object>)[property];
      if (group) problems.push(...problemsOf(binding.settings, group, environment));
      continue;
    }
    const failure = failures.get(property);
    if (!failure) continue;
    const isSet = Boolean(environment[binding.variable]?.trim());
    problems.push({ variable: binding.variable, problem: isSet ? constraintTexts(failure) : 'is not set' });
  }
  if (problems.length === 0) problems.push(...crossCheckProblems(settings, value));
  return problems;
}

function constraintTexts(failure: ValidationError): string {
  return Object.values(failure.constraints ?? {}).join(', ');
}

function deepFreeze(value: object): object {
  for (const part of Object.values(value)) {
    if (typeof part === 'object' && part !== null && !Object.isFrozen(part)) deepFreeze(part as object);
  }
  return Object.freeze(value);
}
