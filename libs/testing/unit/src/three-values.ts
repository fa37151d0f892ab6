import answer from './three-values.answer.json';

/**
 * What the aggregator answers about a commune of which one group is missing, one is 0 and one does not apply: the aggregator's spec
 * holds that it answers so, those of readers what they make of it.
 */
export const THREE_VALUES_ANSWER: unknown = answer;
