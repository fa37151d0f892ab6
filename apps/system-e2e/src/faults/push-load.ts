import { setTimeout as pause } from 'node:timers/promises';
import type { Push } from '@index766/sample';
import { seededNumbers } from '../test/seeded-order';
import { PacedWork } from '../test/paced-work';
import type { Parcel } from '../test/parcels';

export interface PushLoadSettings {
  readonly parcels: readonly Parcel[];
  readonly seed: number;
  readonly token: string;
  /** Addresses that take pushes now; any of them may be chosen, as a balancer does. */
  readonly urls: () => readonly string[];
  /** The round that is under way, for the report. */
  readonly round: () => number;
}

/** What became of the load so far. */
export interface PushCounts {
  readonly accepted: number;
  /** Sent once more because nobody answered, or somebody answered that he cannot now. */
  readonly again: number;
  /** Sent once more although it had been accepted. */
  readonly repeated: number;
}

const LANES = 3;
/** Between two pushes of a lane: a load goes on through a whole round. */
const LONGEST_GAP_MS = 400;
const REPEATED = 0.15;
const ANSWER_WITHIN_MS = 10_000;
const AGAIN_AFTER_MS = 250;
const ACCEPTED_WITHIN_MS = 180_000;
/** Answers after which a source sends the same again. */
const NOT_NOW: readonly number[] = [429, 503];

/** Sends parcels as their source would: until accepted, whatever happens, and now and then once more. */
export class PushLoad {
  readonly work: PacedWork<Parcel>;
  private readonly next: () => number;
  private readonly sentIn = new Map<string, { readonly from: number; to: number }>();
  private longestGapMs = LONGEST_GAP_MS;
  private accepted = 0;
  private again = 0;
  private repeated = 0;

  constructor(private readonly settings: PushLoadSettings) {
    this.next = seededNumbers(settings.seed);
    this.work = new PacedWork(settings.parcels, LANES, (parcel) => this.send(parcel));
  }

  counts(): PushCounts {
    const { accepted, again, repeated } = this;
    return { accepted, again, repeated };
  }

  /** Sends what is left without gaps: no fault comes any more. */
  hurry(): void {
    this.longestGapMs = 0;
  }

  /** The rounds during which a dossier was sent. */
  roundsOf(dossier: string): { readonly from: number; readonly to: number } | undefined {
    return this.sentIn.get(dossier);
  }

  private async send({ dossiers, pushes }: Parcel): Promise<void> {
    const rounds = { from: this.settings.round(), to: this.settings.round() };
    for (const dossier of dossiers) this.sentIn.set(dossier, rounds);
    for (const [place, push] of pushes.entries()) {
      await pause(this.next() * this.longestGapMs);
      await this.untilAccepted(push);
      this.accepted += 1;
      rounds.to = this.settings.round();
      if (this.next() >= REPEATED) continue;
      await this.untilAccepted(pushes[Math.floor(this.next() * (place + 1))] ?? push);
      this.repeated += 1;
    }
  }

  private async untilAccepted(push: Push): Promise<void> {
    for (const end = Date.now() + ACCEPTED_WITHIN_MS; ;) {
      const urls = this.settings.urls();
      const url = urls[Math.floor(this.next() * urls.length)];
      const why = url === undefined ? 'no member of dossiers is there' : await this.attempt(url, push);
      if (why === undefined) return;
      this.again += 1;
      if (Date.now() > end) throw new Error(`a push about ${push.data[0]?.MaHoSo ?? 'nothing'} was not accepted within ${ACCEPTED_WITHIN_MS / 1000} s: ${why}`);
      await pause(AGAIN_AFTER_MS);
    }
  }

  /** Why it was not taken now, or undefined: it was accepted. Rejects when it was refused. */
  private async attempt(url: string, push: Push): Promise<string | undefined> {
    let answer: { readonly status: number; readonly text: string };
    try {
      const response = await fetch(`${url}/v1/national-sync`, {
        method: 'POST', headers: { authorization: `Bearer ${this.settings.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(push), signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      answer = { status: response.status, text: await response.text() };
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    if (NOT_NOW.includes(answer.status)) return `status ${answer.status}`;
    if (answer.status === 200 && (JSON.parse(answer.text) as { error_code?: string }).error_code === '0') return undefined;
    throw new Error(`a push about ${push.data[0]?.MaHoSo ?? 'nothing'} was answered ${answer.status}: ${answer.text.slice(0, 500)}`);
  }
}
