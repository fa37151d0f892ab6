import { readOptions, splitList, wholeNumber } from './command-line';
import { sampleChoice } from './choosing/sample-options';
import { UsageFailure } from './failure';

describe('the command line', () => {
  it('gives the options that a command knows', () => {
    const { values, positionals } = readOptions(['apply', '--seed', '5', '--units=a,b', '--units', 'c'], {
      seed: { type: 'string' }, units: { type: 'string', multiple: true }, strict: { type: 'boolean' },
    }, 1);
    expect([values.seed, values.units, values.strict, positionals]).toEqual(['5', ['a,b', 'c'], undefined, ['apply']]);
    expect(splitList(values.units)).toEqual(['a', 'b', 'c']);
  });

  it.each([[['--bogus']], [['--seed']], [['something']]])('refuses %p in one sentence', (args) => {
    const read = () => readOptions(args, { seed: { type: 'string' } });
    expect(read).toThrow(UsageFailure);
    expect(read).toThrow(/^[^\n]+\.$/);
  });

  it.each(['-1', '1.5', 'x', ''])('does not take %p for a number', (text) => {
    expect(() => wholeNumber(text, 'seed', 1)).toThrow('--seed takes a whole number from 0 up.');
  });
});

describe('the choice of a sample', () => {
  it('is October 2026 with the seed 766 if nothing is said', () => {
    expect(sampleChoice({})).toMatchObject({ period: { name: '2026-10' }, seed: 766, kind: undefined, units: undefined, figuresFile: undefined, strict: false });
  });

  it('takes units as a list, in the one form of their codes', () => {
    expect(sampleChoice({ units: ['h44.114, H44.113'] }).units).toEqual(['H44.114', 'H44.113']);
  });

  it.each([[{ period: '2026-13' }, '--period'], [{ sample: 'all' }, '--sample is one of default, province'], [{ units: ['?'] }, '--units: ?'], [{ seed: 'x' }, '--seed']])(
    'refuses %p', (given, sentence) => expect(() => sampleChoice(given)).toThrow(sentence),
  );
});
