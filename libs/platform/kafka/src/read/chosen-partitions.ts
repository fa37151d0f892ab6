import { AssignerProtocol, type PartitionAssigner } from 'kafkajs';

const NAME = 'Index766Chosen';
const VERSION = 1;

/** Gives the one member of a reader's own group the partitions that it wants, and no others. */
export function chosenPartitions(wanted: () => readonly { readonly topic: string; readonly partition: number }[]): PartitionAssigner {
  return () => ({
    name: NAME,
    version: VERSION,
    protocol: ({ topics }) => ({
      name: NAME,
      metadata: AssignerProtocol.MemberMetadata.encode({ version: VERSION, topics, userData: Buffer.alloc(0) }),
    }),
    assign: ({ members }) => {
      const assignment: Record<string, number[]> = {};
      for (const { topic, partition } of wanted()) (assignment[topic] ??= []).push(partition);
      // A member that was replaced may still be in the group for a moment; the assignment does it no good.
      return Promise.resolve(members.map(({ memberId }) => ({
        memberId,
        memberAssignment: AssignerProtocol.MemberAssignment.encode({ version: VERSION, assignment, userData: Buffer.alloc(0) }),
      })));
    },
  });
}
