import type { Result } from '@index766/kernel';

import type { GenerationState } from './generation-state';

/** Port: the state of generations, of which there is one. */
export interface GenerationStore {
  read(): Promise<GenerationState>;
  /** Applies `change` to the newest state, again if another writer was faster; a refusal changes nothing. */
  update<State extends GenerationState>(change: (state: GenerationState) => Result<State>): Promise<Result<State>>;
}
