import { HEADER, WATERMARK_KEY } from '@index766/contracts-envelope';
import { freePort, readTopic, sendRecords, until } from '@index766/testing-integration';
import { copyDatabase, halfOf, putBack, type DatabaseCopy } from './database-copy';
import type { RestorableInstallation, RestorableService } from './restorable-service';
import { countOf, faultsOf, recordsOf } from './topic-records';

const isWatermarkKey = ({ key }: { readonly key: string }) => key === WATERMARK_KEY;
const nothing = (): never => {
  throw new Error('the topic has no record');
};

const OPEN_WITHIN_MS = 240_000;
const BEFORE = 40;
const LAST = 240;

/**
 * The database put back to a copy from before the last thousand records: no sequence stands for two contents, nothing is
 * lost, topics and documents say the same, and what comes next goes on where the topics end.
 */
export function describeRestore(service: RestorableService): void {
  describe(`${service.name} after a restore of its database`, () => {
    let at: RestorableInstallation;
    let copy: DatabaseCopy;
    let running: DatabaseCopy;
    let newest: DatabaseCopy;
    const names = Object.keys(service.collections);

    beforeAll(async () => {
      at = await service.open();
      await at.startMember();
      await at.write(1, BEFORE);
      await untilSent();
      await until(async () => (await at.documents.db.collection('topic_positions').countDocuments()) > 0, { what: 'positions' });
      copy = await copyDatabase(at.documents);
      await at.write(BEFORE / 2, LAST);
      await untilSent();
      running = await copyDatabase(at.documents);
      await at.stopMembers();
      newest = await copyDatabase(at.documents);
    }, OPEN_WITHIN_MS);
    afterAll(() => at.close());
    afterEach(async () => {
      await at.stopMembers();
      newest = await copyDatabase(at.documents);
    });

    const records = () => recordsOf(service.topics, at.kafka.address);

    async function untilSent(): Promise<void> {
      for (const name of names) {
        await until(async () => (await at.documents.db.collection(name).countDocuments({ outboxAt: { $exists: true } })) === 0, { what: `the outbox of ${name}` });
      }
    }

    /** What a member writes down at its stop is given up after a while and may come later: over what was put back. */
    async function untilRefused(rows: DatabaseCopy, reason: RegExp): Promise<void> {
      await until(async () => {
        await putBack(at.documents, rows);
        const refusal = await at.startMember().then(() => undefined, (error: unknown) => error);
        if (refusal === undefined) await at.stopMembers();
        return refusal instanceof Error && reason.test(refusal.message);
      }, { what: `a refusal to start: ${reason.source}`, timeoutMs: 150_000 });
    }

    function statesIn(of: DatabaseCopy): Readonly<Record<string, unknown>> {
      return Object.fromEntries(names.map((name) => [
        name, Object.fromEntries((of.get(name) ?? []).map((row) => [String(row['_id']), service.collections[name]?.(row)])),
      ]));
    }

    it('has what the topics have, with two members that start at once, and goes on with the next sequences', async () => {
      const before = await records();
      expect(countOf(before)).toBeGreaterThan(1_000);
      await putBack(at.documents, copy);
      await Promise.all([at.startMember(), at.startMember()]);
      expect(statesIn(await copyDatabase(at.documents))).toEqual(statesIn(newest));
      expect(await records()).toEqual(before);

      // The last pushes come again, as sources do that got no answer, and new ones behind them.
      await at.write(LAST - 20, LAST + 20);
      await untilSent();
      const after = await records();
      expect(faultsOf(after)).toEqual([]);
      for (const [place, bySequence] of before) {
        for (const [sequence, contents] of bySequence) expect(after.get(place)?.get(sequence)).toEqual(contents);
      }
    });

    it('goes on where a start was killed in the middle', async () => {
      await putBack(at.documents, halfOf(copy, newest, names));
      await at.startMember();
      expect(statesIn(await copyDatabase(at.documents))).toEqual(statesIn(newest));
      expect(faultsOf(await records())).toEqual([]);
    });

    it('loses nothing when a dump of the running service copied its positions after its documents', async () => {
      await putBack(at.documents, new Map([...copy, ['topic_positions', running.get('topic_positions') ?? []]]));
      await at.startMember();
      await at.write(LAST - 5, LAST + 5);
      await untilSent();
      expect(faultsOf(await records())).toEqual([]);
    });

    it('waits for a broker that is away and says so, then goes on', async () => {
      const port = await freePort();
      await at.kafka.kill();
      const started = at.startMember(port);
      const report = await until(async () => {
        const response = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
        const text = await response?.text();
        return text?.includes('the broker is away') === true && [response?.status, text];
      }, { what: 'the reason', timeoutMs: 90_000 });
      expect(report[0]).toBe(503);
      expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200);
      await at.kafka.restart();
      await started;
      await until(async () => (await fetch(`http://127.0.0.1:${port}/health/ready`)).status === 200, { what: 'readiness' });
    });

    it('does not start on topics that are older than the database, or that are another database’s', async () => {
      const ahead = (newest.get('topic_positions') ?? []).map((row) => JSON.parse(JSON.stringify(row), (name, value: unknown) => {
        if (name === 'offset') return String(BigInt(value as string) + 1_000_000n);
        return name === 'at' ? new Date(value as string) : value;
      }) as Record<string, unknown>);
      await untilRefused(new Map([...newest, ['topic_positions', ahead]]), /RESTORE\.TOPICS_OLDER/);

      await putBack(at.documents, newest);
      const topic = service.topics[0]?.name ?? '';
      const { key, headers, value, partition } = (await readTopic(topic, { brokers: [at.kafka.address] })).find((record) => !isWatermarkKey(record)) ?? nothing();
      await sendRecords(topic, [
        { key: 'somebody', value: 'else', partition },
        { key, value, partition, headers: { ...headers, [HEADER.recordedTime]: '2020-01-01T00:00:00.000Z' } },
      ], [at.kafka.address]);
      await expect(at.startMember()).rejects.toThrow(/RESTORE\.FOREIGN_CONTENT/);
    });
  });
}
