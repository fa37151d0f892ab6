import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '@index766/platform-observability';

import type { GenerationState } from './generation-state';
import type { GenerationStore } from './generation-store';

export interface GenerationWatchOptions {
  readonly store: Pick<GenerationStore, 'read'>;
  /** After each look. One that rejects is called again after the next. */
  readonly onState: (state: GenerationState) => Promise<void>;
  readonly log: Logger;
  /** Between two looks. */
  readonly everyMs: number;
}

/** Looks at the state of generations again and again; one look and what follows from it at a time. */
export class GenerationWatch {
  private readonly stopping = new AbortController();
  private loop: Promise<void> | undefined;

  constructor(private readonly options: GenerationWatchOptions) {}

  start(): void {
    this.loop ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    for (let failing = false; !signal.aborted;) {
      try {
        await this.options.onState(await this.options.store.read());
        failing = false;
      } catch (error) {
        // What serves goes on serving; an outage is told once, when it begins.
        if (!failing) this.options.log.warn({ err: error }, 'the live generation could not be looked up or taken over');
        failing = true;
      }
      await pause(this.options.everyMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
