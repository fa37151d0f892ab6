import { Transform, Type } from 'class-transformer';
import { IsInstance, IsOptional, ValidateBy } from 'class-validator';
import { isPlainUrl, parseDuration, parseFlag, parseInteger, parseList, type DurationVariableName } from './variable-forms';
import { Secret } from './secret';
import { bind, type Binding, type SettingsClass } from './variable-bindings';

/** `optional`: the property stays undefined when the variable is not set. A default is the property's initialiser. */
export interface VariableOptions {
  readonly optional?: boolean;
}

interface Form {
  readonly problem: string;
  readonly parse: (text: string) => unknown;
  readonly accepts: (value: unknown) => boolean;
}

/** Text; `pattern` must match all of it. */
export function TextVariable(variable: string, options: VariableOptions & { pattern?: RegExp } = {}): PropertyDecorator {
  const { pattern } = options;
  return variableOf(variable, options, {
    problem: pattern ? `must match ${pattern.source}` : 'must not be empty',
    parse: (text) => text,
    accepts: (value) => typeof value === 'string' && value !== '' && (!pattern || pattern.test(value)),
  });
}

/** One of a closed set. */
export function ChoiceVariable(variable: string, choices: readonly string[], options: VariableOptions = {}): PropertyDecorator {
  return variableOf(variable, options, {
    problem: `must be one of ${choices.join(', ')}`,
    parse: (text) => text,
    accepts: (value) => typeof value === 'string' && choices.includes(value),
  });
}

export function IntegerVariable(
  variable: string,
  options: VariableOptions & { min?: number; max?: number } = {},
): PropertyDecorator {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = options;
  return variableOf(variable, options, {
    problem: `must be a whole number${rangeText(options.min, options.max)}`,
    parse: parseInteger,
    accepts: (value) => Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max,
  });
}

/** A TCP port; 0 lets the system choose. */
export function PortVariable(variable: string, options: VariableOptions = {}): PropertyDecorator {
  return IntegerVariable(variable, { ...options, min: 0, max: 65_535 });
}

/** `true` or `false`. */
export function FlagVariable(variable: string, options: VariableOptions = {}): PropertyDecorator {
  return variableOf(variable, options, {
    problem: 'must be true or false',
    parse: parseFlag,
    accepts: (value) => typeof value === 'boolean',
  });
}

/**
 * A length of time whose unit is the end of the variable's name: `KAFKA_SEND_TIMEOUT_MS=45000`,
 * `LOGIN_LIFETIME_MINUTES=30`. The property is in milliseconds; `minMs` and `maxMs` bound it.
 */
export function DurationVariable(
  variable: DurationVariableName,
  options: VariableOptions & { minMs?: number; maxMs?: number } = {},
): PropertyDecorator {
  const { minMs = 0, maxMs = Number.MAX_SAFE_INTEGER } = options;
  const range = rangeText(options.minMs, options.maxMs);
  return variableOf(variable, options, {
    problem: `must be a whole number, not negative${range && `, and as milliseconds${range}`}`,
    parse: (text) => parseDuration(variable, text),
    accepts: (value) => Number.isSafeInteger(value) && Number(value) >= minMs && Number(value) <= maxMs,
  });
}

/** An absolute URL of one of the protocols (`https:`). */
export function UrlVariable(
  variable: string,
  options: VariableOptions & { protocols?: readonly string[] } = {},
): PropertyDecorator {
  const protocols = options.protocols ?? ['https:', 'http:'];
  return variableOf(variable, options, {
    problem: `must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    parse: (text) => text,
    accepts: (value) => typeof value === 'string' && isPlainUrl(value, protocols),
  });
}

/** Texts between commas, at least one, each matching `pattern` whole. */
export function ListVariable(
  variable: string,
  options: VariableOptions & { pattern: RegExp; example: string },
): PropertyDecorator {
  return variableOf(variable, options, {
    problem: `must be a list like ${options.example}`,
    parse: parseList,
    accepts: (value) =>
      Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string' && options.pattern.test(item)),
  });
}

/** A value that must not be printed (a connection string with a password); the property is a `Secret`. */
export function SecretVariable(variable: string, options: VariableOptions = {}): PropertyDecorator {
  return secretOf({ kind: 'secret', variable }, options, 'must not be empty');
}

/** The variable (`*_FILE`) names a file; the property is its content, without white space at the ends, as a `Secret`. */
export function SecretFileVariable(variable: `${string}_FILE`, options: VariableOptions = {}): PropertyDecorator {
  return secretOf({ kind: 'secret-file', variable }, options, 'must name a file that can be read and is not empty');
}

/** A group of settings; `defaults` are this service's own (`@Group(HttpSettings, { port: 7662 })`). */
export function Group<T extends object>(settings: SettingsClass<T>, defaults: Partial<T> = {}): PropertyDecorator {
  return (prototype, property) => {
    bind(prototype, property, { kind: 'group', settings, defaults: { ...defaults } });
    Type(() => settings)(prototype, property);
  };
}

function variableOf(variable: string, options: VariableOptions, form: Form): PropertyDecorator {
  return (prototype, property) => {
    bind(prototype, property, { kind: 'text', variable });
    // Defaults of a group arrive as values; only text comes from the environment.
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? form.parse(value) : value))(prototype, property);
    if (options.optional) IsOptional()(prototype, property);
    ValidateBy({ name: 'variable', validator: { validate: form.accepts, defaultMessage: () => form.problem } })(prototype, property);
  };
}

function secretOf(binding: Binding, options: VariableOptions, problem: string): PropertyDecorator {
  return (prototype, property) => {
    bind(prototype, property, binding);
    // It is a Secret already; class-transformer would build another one field by field.
    Transform(({ obj, key }: { obj: Record<string, unknown>; key: string }) => obj[key])(prototype, property);
    if (options.optional) IsOptional()(prototype, property);
    IsInstance(Secret, { message: problem })(prototype, property);
  };
}

function rangeText(min: number | undefined, max: number | undefined): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined) return ` of at least ${min}`;
  return max === undefined ? '' : ` of at most ${max}`;
}
