import { setTimeout as pause } from 'node:timers/promises';
import { seededNumbers } from '../test/seeded-order';
import { PacedWork } from '../test/paced-work';
import type { ServiceName } from '../test/services';
import type { SourceParcel } from './source-parcels';
import { attempt, type SourceRequest } from './source-request';

export interface SourceLoadSettings {
  readonly parcels: readonly SourceParcel[];
  readonly seed: number;
  readonly token: string;
  /** Addresses of a service now; any of them may be chosen, as a balancer does. */
  readonly urls: (service: ServiceName) => readonly string[];
  /** The round that is under way, for the report. */
  readonly round: () => number;
}

/** What became of the load so far, in requests. */
export interface LoadCounts {
  readonly accepted: number;
  /** Sent once more because nobody answered, or somebody answered that he cannot now. */
  readonly again: number;
  /** Sent once more although it had been accepted. */
  readonly repeated: number;
}

const LANES = 4;
/** Between two requests of a lane: a load goes on through a whole round. */
const LONGEST_GAP_MS = 400;
const REPEATED = 0.15;
const ANSWER_WITHIN_MS = 10_000;
const AGAIN_AFTER_MS = 250;
const ACCEPTED_WITHIN_MS = 180_000;

/** Sends parcels as their source would: until accepted, whatever happens, and now and then once more. */
export class SourceLoad {
  readonly work: PacedWork<SourceParcel>;
  private readonly next: () => number;
  private readonly sentIn = new Map<string, { readonly from: number; to: number }>();
  private longestGapMs = LONGEST_GAP_MS;
  private accepted = 0;
  private again = 0;
  private repeated = 0;

  constructor(private readonly settings: SourceLoadSettings) {
    this.next = seededNumbers(settings.seed);
    this.work = new PacedWork(settings.parcels, LANES, (parcel) => this.send(parcel));
  }

  counts(): LoadCounts {
    const { accepted, again, repeated } = this;
    return { accepted, again, repeated };
  }

  /** Sends what is left without gaps: no fault comes any more. */
  hurry(): void {
    this.longestGapMs = 0;
  }

  /** The rounds during which a dossier or a petition was sent. */
  roundsOf(about: string): { readonly from: number; readonly to: number } | undefined {
    return this.sentIn.get(about);
  }

  private async send({ about, requests }: SourceParcel): Promise<void> {
    const rounds = { from: this.settings.round(), to: this.settings.round() };
    for (const each of about) this.sentIn.set(each, rounds);
    for (const [place, request] of requests.entries()) {
      await pause(this.next() * this.longestGapMs);
      await this.untilAccepted(request);
      this.accepted += 1;
      rounds.to = this.settings.round();
      if (this.next() >= REPEATED) continue;
      await this.untilAccepted(requests[Math.floor(this.next() * (place + 1))] ?? request);
      this.repeated += 1;
    }
  }

  private async untilAccepted(request: SourceRequest): Promise<void> {
    const { urls: urlsOf, token } = this.settings;
    for (const end = Date.now() + ACCEPTED_WITHIN_MS; ;) {
      const urls = urlsOf(request.service);
      const url = urls[Math.floor(this.next() * urls.length)];
      const answer = url === undefined ? { notNow: `no member of ${request.service} is there` } : await attempt(url, request, token, ANSWER_WITHIN_MS);
      if (answer === 'accepted') return;
      if ('refused' in answer) throw new Error(`${request.what} was answered ${answer.refused}`);
      this.again += 1;
      if (Date.now() > end) throw new Error(`${request.what} was not accepted within ${ACCEPTED_WITHIN_MS / 1000} s: ${answer.notNow}`);
      await pause(AGAIN_AFTER_MS);
    }
  }
}
