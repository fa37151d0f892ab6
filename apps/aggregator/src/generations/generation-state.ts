import { ok, refused, type Result } from '@index766/kernel';

import { FIRST_GENERATION, nextGeneration, type Generation } from './generation';

/** Which generations there are. One document, so that each step of a rebuild happens as a whole or not at all. */
export interface GenerationState {
  /** Serves and publishes. */
  readonly live: Generation;
  /** The highest number that was ever used: a number that comes back could meet what a late writer of it left. */
  readonly last: Generation;
  /** Is being built, or was when the command ended early. */
  readonly building: Generation | null;
  /** Were live before and still lie there. */
  readonly kept: readonly Generation[];
  /** Is being removed, or was when the command ended early: what is left of it is of no use. */
  readonly dropping: Generation | null;
  /** Counts the repairs of stored documents behind the members' backs: at each of them they read their views again. */
  readonly mended: number;
}

export const FIRST_STATE: GenerationState = {
  live: FIRST_GENERATION, last: FIRST_GENERATION, building: null, kept: [], dropping: null, mended: 0,
};

/** Goes on with the generation under construction or begins the next. */
export function withBuilding(state: GenerationState): GenerationState & { readonly building: Generation } {
  const building = state.building ?? nextGeneration(state.last);
  return { ...state, building, last: Math.max(state.last, building) as Generation };
}

/** Refuses GENERATION.NOT_BUILT: another command switched or removed it meanwhile. */
export function withSwitchTo(state: GenerationState, generation: Generation): Result<GenerationState> {
  if (state.building !== generation) {
    return refused('GENERATION.NOT_BUILT', `generation ${generation} is not under construction any more`, 'generation');
  }
  return ok({ ...state, live: generation, building: null, kept: [...state.kept, state.live] });
}

/** Refuses GENERATION.LIVE for the one that serves and GENERATION.UNKNOWN for one that does not exist. */
export function withDropping(state: GenerationState, generation: Generation): Result<GenerationState> {
  if (state.live === generation) return refused('GENERATION.LIVE', `generation ${generation} is live and stays`, 'generation');
  const exists = state.building === generation || state.kept.includes(generation) || state.dropping === generation;
  if (!exists) return refused('GENERATION.UNKNOWN', `there is no generation ${generation}`, 'generation');
  return ok({
    ...state,
    building: state.building === generation ? null : state.building,
    kept: state.kept.filter((kept) => kept !== generation),
    dropping: generation,
  });
}

export function withDropped(state: GenerationState): GenerationState {
  return { ...state, dropping: null };
}

export function withMended(state: GenerationState): GenerationState {
  return { ...state, mended: state.mended + 1 };
}
