/** What is compared. */
export type Subject = 'dossier' | 'petition' | 'reference' | 'partial' | 'score';

/** One document or figure that is not what it should be. Names ids and fields, never what stands in them. */
export interface Difference {
  readonly subject: Subject;
  /** Dossier, petition, key of the catalog, `unit|source|partition`, `unit|period`. */
  readonly id: string;
  /** `view.endedAt`; `document` if it is on one side only. */
  readonly field: string;
}

/** A difference that may only be a write on its way. */
export interface Suspect {
  readonly difference: Difference;
  /** Revisions of what was compared: while they move, somebody writes. */
  readonly stamp: string;
}

export type Suspects = ReadonlyMap<string, Suspect>;

/** Rounds in which documents that keep being written are looked at again. */
const ROUNDS = 20;

/**
 * Tells differences from writes on their way: looks, lets everything pass that was in the topics by then, looks again at
 * what differed. What differs twice with the same revisions is a difference; what moved in between is looked at once more.
 *
 * @param look the suspects, of all or of these ids alone
 * @param passed resolves when all that is in the topics at the time of the call has been worked through
 */
export async function settledDifferences(
  look: (ids?: readonly string[]) => Promise<Suspects>,
  passed: () => Promise<void>,
): Promise<readonly Difference[]> {
  const settled: Difference[] = [];
  let open = await look();
  for (let round = 0; open.size > 0 && round < ROUNDS; round += 1) {
    await passed();
    const again = await look([...open.keys()]);
    const moving = new Map<string, Suspect>();
    for (const [id, suspect] of again) {
      if (open.get(id)?.stamp === suspect.stamp) settled.push(suspect.difference);
      else moving.set(id, suspect);
    }
    open = moving;
  }
  return [...settled, ...[...open.values()].map(({ difference }) => difference)];
}
