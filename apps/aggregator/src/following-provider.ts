/**
 * An object that passes every use on to what `current` gives at that moment: who holds it need not know that the thing
 * behind it is replaced while the service runs.
 */
export function following<T extends object>(current: () => T): T {
  return new Proxy({} as T, {
    get: (_, name) => {
      const target = current();
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}
