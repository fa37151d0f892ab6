import { AssignerProtocol, type Assigner, type PartitionAssigner } from 'kafkajs';
import { alignedAssignment, misalignmentOf, unequalSubscriptions } from './aligned-assignment';

const NAME = 'Index766Aligned';
const VERSION = 1;

/**
 * kafkajs's protocol around `alignedAssignment`. Members that read different topics or topics with unequal partition
 * counts would split what belongs together: the leader then ends the round with an error instead of assigning.
 */
export const alignedAssigner: PartitionAssigner = ({ cluster }): Assigner => ({
  name: NAME,
  version: VERSION,
  protocol: ({ topics }) => ({
    name: NAME,
    metadata: AssignerProtocol.MemberMetadata.encode({ version: VERSION, topics, userData: Buffer.alloc(0) }),
  }),
  assign: ({ members, topics }) => {
    const subscriptions = new Map(
      members.map(({ memberId, memberMetadata }) => [memberId, AssignerProtocol.MemberMetadata.decode(memberMetadata)?.topics ?? []]),
    );
    const counts = new Map(topics.map((topic) => [topic, cluster.findTopicPartitionMetadata(topic).length]));
    const problem = unequalSubscriptions(subscriptions) ?? misalignmentOf(counts);
    if (problem !== undefined) return Promise.reject(new Error(problem));
    const assignment = alignedAssignment(members.map(({ memberId }) => memberId), counts);
    return Promise.resolve(
      [...assignment].map(([memberId, partitions]) => ({
        memberId,
        memberAssignment: AssignerProtocol.MemberAssignment.encode({
          version: VERSION,
          assignment: Object.fromEntries(Object.entries(partitions).map(([topic, numbers]) => [topic, [...numbers]])),
          userData: Buffer.alloc(0),
        }),
      })),
    );
  },
});
