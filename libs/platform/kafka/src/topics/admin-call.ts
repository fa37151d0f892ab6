import type { Admin } from 'kafkajs';
import type { KafkaClient } from '../client/kafka-client';
import { within } from '../within';

const CALL_WITHIN_MS = 60_000;
const ANSWER_WITHIN_MS = 30_000;

/** Does some administration over a connection of its own, within a minute. `what` says in the error what took too long. */
export async function callAdmin<T>(client: KafkaClient, what: string, work: (admin: Admin) => Promise<T>): Promise<T> {
  const link = client.link(ANSWER_WITHIN_MS);
  const admin = link.kafka.admin();
  try {
    return await within(CALL_WITHIN_MS, what, async () => {
      await admin.connect();
      const result = await work(admin);
      await admin.disconnect();
      return result;
    });
  } finally {
    link.sever();
  }
}
