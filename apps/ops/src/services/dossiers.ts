import type { Push } from '@index766/sample';
import { OpsFailure } from '../failure';
import { describeProblem, request } from './http-request';

/** An element that was not accepted. */
export interface RefusedElement {
  readonly MaHoSo: string;
  readonly code: string;
  readonly message: string;
}

/** Pushes in the national format. */
export class Dossiers {
  constructor(private readonly url: string, private readonly token: string) {}

  /** Sends one push; answers what was refused of it. */
  async push(push: Push): Promise<readonly RefusedElement[]> {
    const answer = await request({ method: 'POST', url: `${this.url}/v1/national-sync`, token: this.token, body: push });
    const { error_code: code, data = [] } = answer.json as { error_code?: string; data?: readonly RefusedElement[] };
    if (answer.status !== 200 || code === undefined) throw new OpsFailure(`The dossiers service does not take a push: ${describeProblem(answer)}.`);
    return code === '0' ? [] : data;
  }
}
