import type { KafkaLogger } from '@index766/platform-kafka';

/** What a client at the broker has to say stands in the broker's own log. */
export const SILENT: KafkaLogger = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function ignore(): void {
  // The broker's own log has it.
}
