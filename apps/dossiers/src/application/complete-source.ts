import type { LocalDay, Result } from '@index766/kernel';
import { complete, type SourceState } from '../domain/source-state';
import type { Clock, Sources } from './ports';

/**
 * A source says that it has pushed everything that happened up to the end of a day: no period that ends by then waits for it
 * (lifecycle.md §8). The same again says nothing new. Refuses SOURCE.DAY_NOT_OVER.
 */
export class CompleteSource {
  constructor(
    private readonly sources: Sources,
    private readonly clock: Clock,
  ) {}

  execute(source: string, day: LocalDay): Promise<Result<SourceState>> {
    return this.sources.tell(source, (state) => complete(state, day, this.clock.now()));
  }
}
