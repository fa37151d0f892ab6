import { createTopics, uniqueName, until } from '@index766/testing-integration';
import type { BatchConsumer } from './batch-consumer';
import { factRecord } from '../test/fact-record';
import { JournalHandler, JournalStore } from '../test/journal-handler';
import { RunningGroup } from '../test/running-group';

/** Asks in the middle of its work whether the partitions are still its member's. */
class AskingHandler extends JournalHandler {
  member: BatchConsumer | undefined;
  readonly confirmed: string[] = [];
  /** Set: behind a batch it asks again and again until it is refused, and calls this each time that it is not. */
  onConfirmed: (() => void) | undefined;
  refusal: string | undefined;

  override async onAssigned(partitions: readonly number[]): Promise<void> {
    await this.member?.confirmOwnership(partitions[0] ?? -1);
    this.confirmed.push(`assigned ${partitions.join()}`);
    await super.onAssigned(partitions);
  }

  override async after(batch: Parameters<JournalHandler['after']>[0]): Promise<void> {
    while (this.onConfirmed !== undefined && this.refusal === undefined) {
      try {
        await this.member?.confirmOwnership(batch.partition);
        this.onConfirmed();
      } catch (error) {
        this.refusal = String(error);
      }
    }
    await super.after(batch);
  }
}

describe('the partitions of a member', () => {
  const running = new RunningGroup();
  afterAll(() => running.end());

  async function givenMember() {
    const [topic, group] = [uniqueName('owned'), uniqueName('group')];
    await createTopics([{ topic, partitions: 2 }]);
    const handler = new AskingHandler([topic]);
    const member = running.member(group, [handler]);
    handler.member = member;
    return { topic, group, handler, member };
  }

  it('are confirmed to be its own before the first record, and while there is nothing to read', async () => {
    const { handler, member } = await givenMember();
    await expect(member.confirmOwnership(0)).rejects.toThrow('has not joined');

    await member.start();
    await until(() => member.status().ready, { what: 'the member to be ready' });

    expect(handler.confirmed).toEqual(['assigned 0,1']);
    await expect(member.confirmOwnership(1)).resolves.toBeUndefined();
  });

  it('are not confirmed as soon as another member joins, although the batch in work still holds them', async () => {
    const { topic, group, handler, member } = await givenMember();
    await member.start();
    let joining: Promise<BatchConsumer> | undefined;
    handler.onConfirmed = () => {
      joining ??= running.join(group, [new JournalHandler([topic], new JournalStore())]);
    };

    await running.publisher.send([factRecord(topic, 'k', 1)]);

    await until(() => handler.refusal !== undefined, { what: 'the refusal' });
    await until(() => handler.store.facts.length === 1, { what: 'the batch to end' });
    await joining;
    await until(() => member.status().partitions.length === 1 && member.status().ready, { what: 'two members that share' });
    const [mine] = member.status().partitions;
    await expect(member.confirmOwnership(mine ?? -1)).resolves.toBeUndefined();
    await expect(member.confirmOwnership(1 - (mine ?? 0))).rejects.toThrow('another member');
  });

  it('are not confirmed to a member that was closed', async () => {
    const { member } = await givenMember();
    await member.start();
    await member.close();

    await expect(member.confirmOwnership(0)).rejects.toThrow();
  });
});
