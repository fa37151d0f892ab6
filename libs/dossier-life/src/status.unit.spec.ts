import { lifeStory, local, type LifeStory } from '@index766/testing-unit';

import { statusAt } from './fold';
import { ALLOWED_BEFORE_REGISTRATION, ALLOWED_FACTS, STATUSES, STATUS_NAMES, type ReportedFactKind, type Status } from './status';

const received = () => lifeStory().received('2026-10-01 08:00');

describe('the status of a dossier', () => {
  it('has ten values, each with its Vietnamese name', () => {
    expect(STATUSES.map((status) => STATUS_NAMES[status].vi)).toEqual([
      'Mới đăng ký', 'Được tiếp nhận', 'Không được tiếp nhận', 'Đang xử lý', 'Yêu cầu bổ sung giấy tờ',
      'Yêu cầu thực hiện nghĩa vụ tài chính', 'Công dân yêu cầu rút hồ sơ', 'Dừng xử lý', 'Đã xử lý xong', 'Đã trả kết quả',
    ]);
  });

  it.each<[string, LifeStory, Status | null]>([
    ['none while only a step of it is known', lifeStory().step('a', '2026-10-01 08:00'), null],
    ['1 once it is registered', lifeStory().registered('2026-10-01 08:00'), 1],
    ['2 once it is received', received(), 2],
    ['3 once it is refused at the desk', lifeStory().registered('2026-10-01 08:00').refused('2026-10-01 09:00'), 3],
    ['4 once somebody works on it', received().step('a', '2026-10-01 09:00'), 4],
    ['5 while a supplement is waited for', received().supplementAsked('s1', '2026-10-01 09:00'), 5],
    ['4 again after the supplement', received().step('a', '2026-10-01 08:30').supplementAsked('s1', '2026-10-01 09:00').supplementGiven('s1', '2026-10-01 10:00'), 4],
    ['6 while a financial obligation is open', received().obligationAsked('2026-10-01 09:00'), 6],
    ['5 while both are waited for', received().obligationAsked('2026-10-01 09:00').supplementAsked('s1', '2026-10-01 09:30'), 5],
    ['2 again once the obligation is met', received().obligationAsked('2026-10-01 09:00').obligationMet('2026-10-01 09:30'), 2],
    ['7 once it is withdrawn', received().withdrawn('2026-10-01 09:00'), 7],
    ['8 once it is stopped', received().stopped('2026-10-01 09:00'), 8],
    ['9 once it is finished', received().finished('2026-10-01 09:00'), 9],
    ['10 once its result is returned', received().finished('2026-10-01 09:00').returned('2026-10-01 10:00'), 10],
    ['4 again once it is reopened', received().finished('2026-10-01 09:00').reopened('2026-10-01 10:00'), 4],
  ])('is %s', (_, story, status) => {
    expect(statusAt(story.facts(), local('2026-10-01 11:00'))).toBe(status);
  });

  it('is that of the instant asked about, whatever order the facts arrived in', () => {
    const facts = [...received().finished('2026-10-05 09:00').returned('2026-10-06 09:00').facts()].reverse();
    const statuses = ['2026-10-01 07:59', '2026-10-01 08:00', '2026-10-05 09:00', '2026-10-06 09:00'].map((at) => statusAt(facts, local(at)));
    expect(statuses).toEqual([null, 2, 9, 10]);
  });
});

describe('the table of allowed facts', () => {
  const always: ReportedFactKind[] = ['dossier-corrected', 'dossier-voided'];
  const steps: ReportedFactKind[] = ['step-assigned', 'step-completed'];
  const inHand: ReportedFactKind[] = [
    ...always, ...steps, 'supplement-requested', 'financial-obligation-requested', 'due-date-extended', 'dossier-transferred',
    'dossier-finished', 'result-returned', 'dossier-withdrawn', 'dossier-stopped',
  ];

  it.each<[Status, readonly ReportedFactKind[]]>([
    [1, [...always, ...steps, 'dossier-received', 'dossier-refused', 'dossier-withdrawn', 'dossier-stopped']],
    [2, inHand],
    [3, always],
    [4, inHand],
    [5, [...inHand, 'supplement-completed', 'financial-obligation-fulfilled']],
    [6, [...inHand, 'financial-obligation-fulfilled']],
    [7, [...always, 'step-completed', 'result-returned', 'dossier-reopened']],
    [8, [...always, 'step-completed', 'result-returned', 'dossier-reopened']],
    [9, [...always, ...steps, 'result-returned', 'dossier-reopened']],
    [10, [...always, 'step-completed', 'dossier-reopened']],
  ])('status %d allows what belongs to it and nothing else', (status, kinds) => {
    const rule = ALLOWED_FACTS[status];
    const allowed = Object.entries(rule).filter(([, decision]) => decision === 'allowed').map(([kind]) => kind);
    expect(allowed.sort()).toEqual([...kinds].sort());
  });

  it('gives every refusal a code of its context', () => {
    const decisions = [...STATUSES.map((status) => ALLOWED_FACTS[status]), ALLOWED_BEFORE_REGISTRATION].flatMap((rule) => Object.values(rule));
    expect(decisions.filter((decision) => decision !== 'allowed' && !/^DOSSIER\.[A-Z_]+$/.test(decision))).toEqual([]);
  });

  it('lets a dossier begin by being registered, received or refused, and a step come before it', () => {
    const allowed = Object.entries(ALLOWED_BEFORE_REGISTRATION).filter(([, decision]) => decision === 'allowed').map(([kind]) => kind);
    expect(allowed.sort()).toEqual([...always, ...steps, 'dossier-registered', 'dossier-received', 'dossier-refused'].sort());
  });
});
