import type { UnitCode } from '@index766/kernel';

import { remarksOf } from './chosen-sample';

const of = { unit: 'G1' as UnitCode, why: '§4', excluded: ['4.5a'] };

describe('what is said about figures that were left out', () => {
  it('names the rule that they break', () => {
    expect(remarksOf({ inconsistencies: [{ ...of, rule: '4.5a n ≤ d', detail: '4.5a 6/5' }] }))
      .toEqual(['G1: the figures break "4.5a n ≤ d" (4.5a 6/5); left out: 4.5a. Why: index-766.md §4']);
  });

  it('does not blame the file where the sample finds no dossiers', () => {
    const [remark] = remarksOf({ inconsistencies: [{ ...of, rule: '4.5a: the sample finds no dossiers for it', notFound: true, detail: '4.5a 5/5' }] });
    expect(remark).toMatch(/^G1: the sample finds no dossiers for 4\.5a \(4\.5a 5\/5\), .*; left out: 4\.5a\./);
    expect(remark).not.toContain('break');
  });
});
