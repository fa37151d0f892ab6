import { recall, remember, type RememberedCommand } from './remembered-commands';

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 24) + minutes * 60_000);
const command = (key: string, minutes = 0, requestHash = `hash of ${key}`): RememberedCommand<string> => ({
  key, requestHash, answer: `answer to ${key}`, at: at(minutes),
});
const rememberAll = (commands: readonly RememberedCommand<string>[]) =>
  commands.reduce<readonly RememberedCommand<string>[]>((known, next) => remember(known, next), []);

describe('a remembered command', () => {
  it('gives its answer again for the same key and request', () => {
    const known = rememberAll([command('a'), command('b')]);
    expect(recall(known, { key: 'a', requestHash: 'hash of a' }, at(1))).toEqual({ ok: true, value: command('a') });
  });

  it('is not there for a new key', () => {
    expect(recall([command('a')], { key: 'b', requestHash: 'hash of a' }, at(1))).toEqual({ ok: true, value: undefined });
  });

  it('refuses its key with another request', () => {
    expect(recall([command('a')], { key: 'a', requestHash: 'other' }, at(1))).toMatchObject({
      ok: false,
      error: { code: 'IDEMPOTENCY.KEY_REUSED', path: 'Idempotency-Key' },
    });
  });

  it('is forgotten after 24 hours, whatever came with its key', () => {
    const known = [command('a')];
    const minutesOfDay = 24 * 60;
    expect(recall(known, { key: 'a', requestHash: 'other' }, at(minutesOfDay))).toEqual({ ok: true, value: undefined });
    expect(recall(known, { key: 'a', requestHash: 'hash of a' }, at(minutesOfDay - 1))).toMatchObject({ value: command('a') });
    expect(remember(known, command('b', minutesOfDay))).toEqual([command('b', minutesOfDay)]);
  });

  it('is one of the last twenty', () => {
    const commands = Array.from({ length: 23 }, (_, index) => command(`k${index}`, index));
    expect(rememberAll(commands).map(({ key }) => key)).toEqual(commands.slice(3).map(({ key }) => key));
  });

  it('takes the place of an older one with its key', () => {
    expect(rememberAll([command('a'), command('b'), command('a', 5)])).toEqual([command('b'), command('a', 5)]);
  });
});
