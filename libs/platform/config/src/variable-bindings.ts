/** The constructor of a settings class; it takes no arguments, property initialisers are the defaults. */
export type SettingsClass<T extends object = object> = new () => T;

/** How one property of a settings class gets its value. */
export type Binding =
  | { readonly kind: 'text' | 'secret' | 'secret-file'; readonly variable: string }
  | { readonly kind: 'group'; readonly settings: SettingsClass; readonly defaults: Readonly<Record<string, unknown>> };

const bindingsOfClass = new WeakMap<object, Map<string, Binding>>();

export function bind(prototype: object, property: string | symbol, binding: Binding): void {
  const own = bindingsOfClass.get(prototype) ?? new Map<string, Binding>();
  bindingsOfClass.set(prototype, own.set(String(property), binding));
}

/** Bindings of a settings class, those that it inherits included. */
export function bindingsOf(settings: SettingsClass): ReadonlyMap<string, Binding> {
  const bindings = new Map<string, Binding>();
  for (let prototype: unknown = settings.prototype; isObject(prototype); prototype = Object.getPrototypeOf(prototype)) {
    for (const [property, binding] of bindingsOfClass.get(prototype) ?? []) {
      if (!bindings.has(property)) bindings.set(property, binding);
    }
  }
  return bindings;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
