import type { Cohort, Push, SamplePetition, SampleRating, SampleWaiver } from '@index766/sample';
import { inLanes } from './in-lanes';

export interface CohortSending<Refused> {
  readonly lanes: number;
  readonly send: (push: Push) => Promise<readonly Refused[]>;
  readonly rate: (rating: SampleRating) => Promise<void>;
  readonly petition: (petition: SamplePetition) => Promise<void>;
  readonly waive: (waiver: SampleWaiver) => Promise<void>;
  /** Dossiers of which everything was sent, in fractions while a cohort is under way. */
  readonly onProgress?: (dossiers: number) => void;
}

/**
 * Sends cohorts side by side and the pushes of each one after the other: no two requests at a time have a dossier in
 * common, so none waits for another, and conflicting snapshots stay in their order. A cohort's ratings, petitions and waivers follow its pushes.
 * The first failure ends all lanes.
 * Answers everything that was refused.
 */
export async function pushCohorts<Refused>(
  cohorts: Iterable<Cohort>, { lanes, send, rate, petition, waive, onProgress }: CohortSending<Refused>,
): Promise<readonly Refused[]> {
  const refused: Refused[] = [];
  let sent = 0;
  await inLanes(cohorts, lanes, async ({ dossiers, pushes, ratings, petitions, waivers }, signal) => {
    for (const push of pushes) {
      signal.throwIfAborted();
      refused.push(...await send(push));
      sent += dossiers / pushes.length;
      onProgress?.(sent);
    }
    for (const rating of ratings) {
      signal.throwIfAborted();
      await rate(rating);
    }
    for (const told of petitions) {
      signal.throwIfAborted();
      await petition(told);
    }
    for (const waiver of waivers) {
      signal.throwIfAborted();
      await waive(waiver);
    }
  });
  return refused;
}
