import type { SystemAccess } from './system-access';
import { operate } from './operator';
import { PacedWork } from './paced-work';
import { parcelsOf, type Parcel } from './parcels';
import { sendPushes } from './send-pushes';
import { SAMPLE_ARGUMENTS, sampleCohorts } from './small-sample';

const LANES = 2;

/**
 * The sample on its way into an installation, a share of it at a time: what a spec does meanwhile falls into a load that
 * still has something to send, however fast the machine is. Pushes that nobody takes are sent again.
 */
export class Loading {
  private readonly work: PacedWork<Parcel>;
  private released = 0;
  private turnedAway = 0;

  private constructor(access: SystemAccess, private readonly parcels: readonly Parcel[]) {
    this.work = new PacedWork(parcels, LANES, ({ pushes }) => sendPushes(access, pushes, undefined, () => { this.turnedAway += 1; }));
  }

  /** Loads the reference; no push is sent before `letGo`. */
  static async start(access: SystemAccess): Promise<Loading> {
    await operate(access, ['load', ...SAMPLE_ARGUMENTS, '--only', 'reference']);
    return new Loading(access, parcelsOf(sampleCohorts(), () => true));
  }

  /** Sends on up to this part of the dossiers; resolves when the first ones of it were taken and the others are under way. */
  async letGo(share: number): Promise<void> {
    const taken = this.work.doneSoFar();
    const upTo = Math.ceil(share * this.parcels.length);
    this.work.release(upTo - this.released);
    this.released = upTo;
    await this.work.doneAtLeast(Math.min(taken + 1, upTo));
  }

  /** How often a push was sent and nobody took it. */
  timesTurnedAway(): number {
    return this.turnedAway;
  }

  /** True while something that was let go is not taken yet. */
  isUnderway(): boolean {
    return this.work.underway() > 0;
  }

  /** Resolves when everything that was let go was taken. */
  paused(): Promise<void> {
    return this.work.doneAtLeast(this.released);
  }

  /** Sends the rest; resolves when everything was taken. */
  finished(): Promise<void> {
    return this.work.finished();
  }
}
