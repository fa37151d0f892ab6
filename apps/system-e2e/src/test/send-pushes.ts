import type { Push } from '@index766/sample';
import { until } from '@index766/testing-integration';
import type { SystemAccess } from './system-access';
import { tokenFor } from './tokens';

const UNAVAILABLE = 503;
/** A service may be restarted meanwhile, on a machine that is busy with other things. */
const TAKEN_WITHIN_MS = 120_000;

interface Answer {
  readonly isAccepted: boolean;
  readonly text: string;
}

/**
 * Sends pushes one after another, as their source, and again while nobody takes them; `onTaken` is called after each,
 * `onTurnedAway` whenever one found nobody or a service that could not take it. Rejects if anything of them is refused.
 */
export async function sendPushes(
  access: SystemAccess, pushes: readonly Push[], onTaken: () => void = () => undefined, onTurnedAway: () => void = () => undefined,
): Promise<void> {
  const token = await tokenFor(access, 'source', 'replay');
  for (const push of pushes) {
    const answer = await until(() => attempt(access, push, token, onTurnedAway), { timeoutMs: TAKEN_WITHIN_MS, everyMs: 250, what: 'a push to be taken' });
    if (!answer.isAccepted) throw new Error(`a push was not taken whole: ${answer.text.slice(0, 500)}`);
    onTaken();
  }
}

/** Rejects when nobody answers. */
async function attempt(access: SystemAccess, push: Push, token: string, onTurnedAway: () => void): Promise<Answer | undefined> {
  let answer: Answer | undefined;
  try {
    answer = await send(access, push, token);
    return answer;
  } finally {
    if (answer === undefined) onTurnedAway();
  }
}

async function send({ urls }: SystemAccess, push: Push, token: string): Promise<Answer | undefined> {
  const response = await fetch(`${urls.dossiers}/v1/national-sync`, {
    method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify(push),
  });
  const text = await response.text();
  if (response.status === UNAVAILABLE) return undefined;
  return { isAccepted: response.status === 200 && (JSON.parse(text) as { error_code?: string }).error_code === '0', text };
}
