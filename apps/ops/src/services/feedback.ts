import { petitionCommands, ratingCommands, type SampleCommand, type SamplePetition, type SampleRating } from '@index766/sample';
import { OpsFailure } from '../failure';
import { describeProblem, request } from './http-request';

/** Ratings and petitions, each told as it happened; telling it again changes nothing. */
export class Feedback {
  constructor(private readonly url: string, private readonly token: string) {}

  rate(rating: SampleRating): Promise<void> {
    return this.tell(ratingCommands(rating));
  }

  petition(petition: SamplePetition): Promise<void> {
    return this.tell(petitionCommands(petition));
  }

  /** One after another: each is decided against what the ones before it led to. */
  private async tell(commands: readonly SampleCommand[]): Promise<void> {
    for (const { path, headers, body } of commands) {
      const answer = await request({ method: 'POST', url: `${this.url}/v1/${path}`, token: this.token, body, headers });
      if (answer.status !== 200) throw new OpsFailure(`The feedback service does not take ${path}: ${describeProblem(answer)}.`);
    }
  }
}
