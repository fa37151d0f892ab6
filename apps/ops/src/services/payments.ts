import { setTimeout as pause } from 'node:timers/promises';
import { waiverCommand, type SampleWaiver } from '@index766/sample';
import { codeOf, OpsFailure } from '../failure';
import { describeProblem, request } from './http-request';

/** Fees come from pushes, by a topic: a waiver may be faster. */
const NOT_YET = ['PAYMENT.DOSSIER_UNKNOWN', 'PAYMENT.FEE_UNKNOWN'];
/** It was told before. */
const DONE = 'PAYMENT.NOTHING_OWED';
const PATIENCE_MS = 120_000;
const PAUSE_MS = 500;

/** Waivers of fees, each told as it happened, once the service knows the fee; telling it again changes nothing. */
export class Payments {
  constructor(private readonly url: string, private readonly token: string) {}

  async waive(waiver: SampleWaiver, patienceMs = PATIENCE_MS): Promise<void> {
    const { path, headers, body } = waiverCommand(waiver);
    const end = Date.now() + patienceMs;
    for (;;) {
      const answer = await request({ method: 'POST', url: `${this.url}/v1/${path}`, token: this.token, body, headers });
      const code = codeOf(answer.json);
      if (answer.status === 200 || code === DONE) return;
      if (!NOT_YET.includes(code ?? '') || Date.now() > end) throw new OpsFailure(`The payments service does not take ${path}: ${describeProblem(answer)}.`);
      await pause(PAUSE_MS);
    }
  }
}
