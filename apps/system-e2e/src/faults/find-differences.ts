import { until } from '@index766/testing-integration';
import { tryOperate } from '../test/operator';
import type { SystemAccess } from '../test/system-access';
import { compareStates, compareTexts, type Difference } from './compare-states';
import type { Members } from './members';
import { comesByTopic } from './shares';
import { openOutboxes, readFigures, readState, type SystemState } from './system-state';

export interface QuietSystem {
  readonly members: Members;
  readonly access: () => SystemAccess;
  readonly expected: SystemState;
}

const QUIET_WITHIN_MS = 120_000;

/** Waits until a healed system is quiet and looks for everything by which it differs from one that had no faults. */
export async function findDifferences(system: QuietSystem): Promise<readonly Difference[]> {
  const unrest = await untilQuiet(system);
  if (unrest !== undefined) return [{ check: 'quiet', detail: unrest }];
  const { members, access, expected } = system;
  const actual = await readState(access());
  const differences = [...compareStates(expected, actual, (dossier) => !comesByTopic(dossier))];
  for (const url of members.urlsOf('aggregator').slice(1)) {
    const figures = await readFigures({ ...access(), urls: { ...access().urls, aggregator: url } });
    const difference = compareTexts('figures', expected.figures, figures, 'another member: ');
    if (difference !== undefined) differences.push(difference);
  }
  return differences;
}

/** Everybody ready, outboxes empty, nobody behind, nothing set aside; otherwise what is not so. */
async function untilQuiet({ members, access }: QuietSystem): Promise<string | undefined> {
  try {
    await members.untilReady();
    const isEmpty = async () => {
      const open = await openOutboxes(access());
      if (open.length > 0) throw new Error(open.join(', '));
      return true;
    };
    await until(isEmpty, { timeoutMs: QUIET_WITHIN_MS, everyMs: 500, what: 'the outboxes to be empty' });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { code, stderr } = await tryOperate(access(), ['settle', '--within', String(QUIET_WITHIN_MS / 1000)]);
  return code === 0 ? undefined : stderr.trim();
}
