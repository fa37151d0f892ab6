import type { ConfigProblem } from './config-error';
import type { SettingsClass } from './variable-bindings';

const checksOfClass = new WeakMap<SettingsClass, ((value: object) => readonly ConfigProblem[])[]>();

/** What must hold between the fields of a settings class; runs once each field of it is valid by itself. */
export function CrossCheck<T extends object>(
  check: (settings: T) => readonly ConfigProblem[],
): (settings: SettingsClass<T>) => void {
  return (settings) => {
    checksOfClass.set(settings, [...(checksOfClass.get(settings) ?? []), (value) => check(value as T)]);
  };
}

export function crossCheckProblems(settings: SettingsClass, value: object): readonly ConfigProblem[] {
  return (checksOfClass.get(settings) ?? []).flatMap((check) => check(value));
}
