import type { Brand } from '@index766/kernel';

/**
 * A generation of everything that the aggregator computes: a database and consumer groups of its own, built from the
 * same topics. Counted from 1 and never used twice.
 */
export type Generation = Brand<number, 'Generation'>;

export const FIRST_GENERATION = 1 as Generation;

export function nextGeneration(generation: Generation): Generation {
  return (generation + 1) as Generation;
}

/** The first generation keeps the plain name, a later one is `aggregator_g2`. */
export function databaseOf(plainName: string, generation: Generation): string {
  return generation === FIRST_GENERATION ? plainName : `${plainName}_g${generation}`;
}

/** `aggregator.ledger`, later `aggregator.ledger.g2`: what the broker calls the group. */
export function groupIdOf(group: string, generation: Generation): string {
  return generation === FIRST_GENERATION ? group : `${group}.g${generation}`;
}
