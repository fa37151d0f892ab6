import { formatInstant, instantOf, type Instant } from '@index766/kernel';
import type { PetitionEvent, SamplePetition, SampleRating } from '@index766/sample';
import { OpsFailure } from '../failure';
import { describeProblem, request } from './http-request';

const COMMANDS = {
  refused: 'refuse', 'supplement-requested': 'request-supplement', 'supplement-completed': 'complete-supplement', answered: 'answer',
  published: 'publish', rated: 'rate-answer',
} as const satisfies Record<PetitionEvent['kind'], string>;
/** What happens is written down a little later. */
const WRITTEN_DOWN_MS = 60_000;

/** Ratings and petitions, each told as it happened; telling it again changes nothing. */
export class Feedback {
  constructor(private readonly url: string, private readonly token: string) {}

  rate({ dossier, at, verdict }: SampleRating): Promise<void> {
    return this.command(`dossiers/${encodeURIComponent(dossier)}/record-rating`, at, { verdict });
  }

  async petition({ id, unit, class: petitionClass, receivedAt, about, events }: SamplePetition): Promise<void> {
    const path = `petitions/${encodeURIComponent(id)}`;
    await this.command(`${path}/receive`, receivedAt, { unit, class: petitionClass, ...(about === null ? {} : { about }) });
    for (const event of events) {
      await this.command(`${path}/${COMMANDS[event.kind]}`, event.at, event.kind === 'rated' ? { satisfied: event.satisfied } : {});
    }
  }

  private async command(path: string, at: Instant, body: object): Promise<void> {
    const answer = await request({
      method: 'POST', url: `${this.url}/v1/${path}`, token: this.token, body: { ...body, occurredAt: formatInstant(at) },
      headers: { 'Idempotency-Key': `sample:${path.slice(path.lastIndexOf('/') + 1)}`, 'X-Recorded-At': formatInstant(instantOf(at + WRITTEN_DOWN_MS)) },
    });
    if (answer.status !== 200) throw new OpsFailure(`The feedback service does not take ${path}: ${describeProblem(answer)}.`);
  }
}
