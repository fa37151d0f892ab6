import { uniqueName } from '@index766/testing-integration';
import { operate } from '../test/operator';
import { SAMPLE_ARGUMENTS } from '../test/small-sample';
import { forEachService, type SecretFiles } from '../test/services';
import type { SystemAccess } from '../test/system-access';
import type { Difference } from './compare-states';
import type { Round } from './fault';
import { LoadUnderFaults } from './load-under-faults';
import { Members, type SelfEnded } from './members';
import { planFaults } from './plan-faults';
import type { LoadCounts } from './source-load';
import { Stores } from './stores';
import type { SystemState } from './system-state';
import { findDifferences } from './find-differences';

export interface CampaignOptions {
  readonly seed: number;
  readonly rounds: number;
  readonly secrets: SecretFiles;
  /** What the same pushes lead to without faults, with the same secrets. */
  readonly expected: SystemState;
  /** Hears of each round when it is over. */
  readonly onRound?: (round: Round, counts: LoadCounts) => void;
}

/** A difference, and the rounds during which its dossier was sent if it is about a pushed one. */
export interface FoundDifference extends Difference {
  readonly sentIn?: { readonly from: number; readonly to: number };
}

/** What a campaign has found. */
export interface CampaignReport {
  readonly seed: number;
  readonly plan: readonly Round[];
  /** Empty when all held. */
  readonly differences: readonly FoundDifference[];
  readonly counts: LoadCounts;
  readonly selfEnded: readonly SelfEnded[];
}

/**
 * Loads the sample through faults, on servers of its own, heals everything, waits until all is quiet and compares what came
 * of it with a run without faults. What does not hold is in the report; it rejects when it cannot be carried out.
 */
export async function runCampaign({ seed, rounds, secrets, expected, onRound }: CampaignOptions): Promise<CampaignReport> {
  const plan = planFaults(seed, rounds);
  const stores = await Stores.start();
  try {
    const databases = forEachService((name) => uniqueName(`faults-${name}`));
    const accessBy = (urls: SystemAccess['urls']): SystemAccess => ({
      broker: stores.brokerAddress, mongo: stores.databaseAddress, databases, secrets, urls,
    });
    await operate(accessBy(forEachService(() => '')), ['topics', 'apply']);
    const members = await Members.start({
      name: `faults-${seed}`, secrets, databases,
      addressOf: (member, store) => {
        const address = stores.links.address(member, store);
        return store === 'broker' ? address : stores.databaseAt(address);
      },
    });
    try {
      const system = { stores, members, access: () => accessBy(forEachService((name) => members.urlsOf(name)[0] ?? '')) };
      await operate(system.access(), ['load', ...SAMPLE_ARGUMENTS, '--only', 'reference']);
      const load = await LoadUnderFaults.start({ ...system, expected, seed });
      const failure = await load.through(plan, onRound);
      const differences = failure === undefined ? await findDifferences({ ...system, expected }) : [failure];
      return {
        seed, plan, counts: load.counts(), selfEnded: members.selfEnded(),
        differences: differences.map((difference) => withRounds(difference, load)),
      };
    } finally {
      await members.stop();
    }
  } finally {
    await stores.stop();
  }
}

function withRounds(difference: Difference, load: LoadUnderFaults): FoundDifference {
  const sentIn = difference.dossier === undefined ? undefined : load.roundsOf(difference.dossier);
  return sentIn === undefined ? difference : { ...difference, sentIn };
}
