import type { Instant } from '@index766/kernel';

import type { LifeStep } from './life';
import type { Step } from './view';

const NONE: readonly Step[] = [];

/** Steps in fold order with their ends: its own if after its start, else the next step's start, else the dossier's end. */
export function stepTimeline(steps: readonly LifeStep[], endedAt: Instant | null): readonly Step[] {
  if (steps.length === 0) return NONE;
  return steps.map(({ completedAt, ...step }, index) => ({
    step: step.step,
    officer: step.officer,
    department: step.department,
    from: step.from,
    to: completedAt !== null && completedAt > step.from ? completedAt : endWithoutOwn(step.from, nextStart(steps, index), endedAt),
    deadline: step.deadline,
  }));
}

/** Work does not go on past the dossier's end: a step after it (handing out the result) does not lengthen the one before. */
function endWithoutOwn(from: Instant, next: Instant | null, endedAt: Instant | null): Instant | null {
  if (endedAt === null) return next;
  if (endedAt <= from) return next ?? from;
  return next !== null && next < endedAt ? next : endedAt;
}

/** Steps that begin at one instant run beside each other: the next one begins later. */
function nextStart(steps: readonly LifeStep[], index: number): Instant | null {
  const from = steps[index]?.from;
  for (let later = index + 1; later < steps.length; later += 1) {
    const start = steps[later]?.from;
    if (start !== undefined && from !== undefined && start > from) return start;
  }
  return null;
}
