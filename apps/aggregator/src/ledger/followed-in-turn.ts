import type { LedgerFollower } from './ledger.batch-handler';

/** Several followers as one: each is told before the next. */
export function followedInTurn<View>(...followers: readonly LedgerFollower<View>[]): LedgerFollower<View> {
  return {
    assigned: async (partitions) => {
      for (const follower of followers) await follower.assigned(partitions);
    },
    revoked: (partitions) => {
      for (const follower of followers) follower.revoked(partitions);
    },
    saved: async (partition, views, behind) => {
      for (const follower of followers) await follower.saved(partition, views, behind);
    },
  };
}
