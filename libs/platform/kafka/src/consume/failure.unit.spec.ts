import { ContractViolation } from '@index766/contracts-envelope';
import { PublishError } from '../publish/publish-error';
import { classifyFailure, describeError } from './failure';

describe('an error of a handler', () => {
  it.each([
    [new TypeError('a'), 'bug'], [new RangeError('a'), 'bug'], [new ReferenceError('a'), 'bug'], [new SyntaxError('a'), 'bug'],
    [new ContractViolation('a'), 'bug'], [new PublishError('PUBLISHER.REFUSED', 'a', false), 'bug'],
    [new PublishError('PUBLISHER.AWAY', 'a', true), 'away'], [new Error('any'), 'away'], ['text', 'away'], [undefined, 'away'],
  ] as const)('%p means %s', (error, meaning) => expect(classifyFailure(error)).toBe(meaning));

  it('means what the service says, where it can tell', () => {
    expect(classifyFailure(new TypeError('a'), () => 'away')).toBe('away');
    expect(classifyFailure(new Error('a'), () => 'bug')).toBe('bug');
    expect(classifyFailure(new TypeError('a'), () => undefined)).toBe('bug');
  });

  it('is described without its text, which may hold what a record says', () => {
    expect(describeError(Object.assign(new Error('secret'), { code: 112 }))).toBe('Error 112');
    expect(describeError(new TypeError('secret'))).toBe('TypeError');
    expect(describeError('secret')).toBe('string');
  });
});
