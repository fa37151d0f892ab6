import type { Cohort, Push } from '@index766/sample';

export interface CohortSending<Refused> {
  readonly lanes: number;
  readonly send: (push: Push) => Promise<readonly Refused[]>;
  /** Dossiers of which everything was sent, in fractions while a cohort is under way. */
  readonly onProgress?: (dossiers: number) => void;
}

/**
 * Sends cohorts side by side and the pushes of each one after the other: no two requests at a time have a dossier in
 * common, so none waits for another, and conflicting snapshots stay in their order. The first failure ends all lanes.
 * Answers everything that was refused.
 */
export async function pushCohorts<Refused>(
  cohorts: Iterable<Cohort>, { lanes, send, onProgress }: CohortSending<Refused>,
): Promise<readonly Refused[]> {
  const waiting = cohorts[Symbol.iterator]();
  const refused: Refused[] = [];
  const failure = new AbortController();
  let sent = 0;
  const lane = async (): Promise<void> => {
    for (let next = waiting.next(); next.done !== true && !failure.signal.aborted; next = waiting.next()) {
      const { dossiers, pushes } = next.value;
      for (const push of pushes) {
        failure.signal.throwIfAborted();
        refused.push(...await send(push));
        sent += dossiers / pushes.length;
        onProgress?.(sent);
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, () => lane().catch((error: unknown) => {
    failure.abort(error);
    throw error;
  })));
  return refused;
}
