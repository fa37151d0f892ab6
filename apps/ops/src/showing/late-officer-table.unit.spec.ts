import type { LateOfficerLine } from '../services/aggregator';
import { lateOfficerTable } from './late-officer-table';

const dossier = (code: string, daysLate: number, unit: string | null = 'H44.114') => ({ dossier: code, daysLate, unit });
const line = (dossiers: LateOfficerLine['dossiers']): LateOfficerLine => ({
  rank: 1, officer: 'a'.repeat(32), name: null, title: 'Chuyên viên', division: null, endedLate: 2, overdueOpen: 1, handled: 8, lateShare: 0.375,
  lateWorkingMinutes: 600, worstWorkingMinutes: 240, lateStepsOnTime: 1, dossiers,
});
const shown = (dossiers: LateOfficerLine['dossiers']) => lateOfficerTable([line(dossiers)]).split('\n')[3]?.split(/ {2,}/).filter((cell) => cell !== '');

describe('the late officers', () => {
  it('have a line each, with the pseudonym where there is no right to names', () => {
    expect(shown([dossier('D1', 1)])).toEqual([
      '1', 'a'.repeat(12), 'Chuyên viên', '–', 'H44.114', '2', '1', '8', '37.5', '10.0', '4.0', '1', 'D1 (1.0)',
    ]);
  });

  it.each([
    ['two at most, the most days late first', [dossier('D2', 0.26), dossier('D1', 3.5)], 'D1 (3.5), D2 (0.3)'],
    ['and how many more there are', [dossier('D3', 1), dossier('D1', 1), dossier('D2', 7.04), dossier('D4', 0)], 'D2 (7.0), D1 (1.0) +2'],
    ['none', [], '–'],
  ])('name their worst dossiers: %s', (_, dossiers, cell) => {
    expect(shown(dossiers)?.at(-1)).toBe(cell);
  });
});
