import { localDayOf, ok, type LocalDay } from '@index766/kernel';
import { hear } from '../domain/source-state';
import type { Clock, Sources } from './ports';

/**
 * Tells that a source pushed, whether that said anything new or not: else one that has nothing new could not be told from one
 * that fell silent (lifecycle.md §8). The first push of a local day is enough. Rejects when the database is away.
 */
export class HearSource {
  /** What this member knows to be told costs nothing. */
  private readonly told = new Map<string, LocalDay>();

  constructor(
    private readonly sources: Sources,
    private readonly clock: Clock,
  ) {}

  async execute(source: string): Promise<void> {
    const today = localDayOf(this.clock.now());
    if (this.told.get(source) === today) return;
    const heard = await this.sources.tell(source, (state) => ok(hear(state, this.clock.now())));
    // Many writers at once: one of them told it, or the next push does.
    if (heard.ok) this.told.set(source, today);
  }
}
