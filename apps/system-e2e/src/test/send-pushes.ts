import type { Push } from '@index766/sample';
import { until } from '@index766/testing-integration';
import type { SystemAccess } from './system-access';
import { tokenFor } from './tokens';

const UNAVAILABLE = 503;

/**
 * Sends pushes one after another, as their source, and again while the service is overloaded; `onTaken` is called after each.
 * Rejects if anything of them is refused.
 */
export async function sendPushes(access: SystemAccess, pushes: readonly Push[], onTaken: () => void = () => undefined): Promise<void> {
  const token = await tokenFor(access, 'source', 'replay');
  for (const push of pushes) {
    const answer = await until(() => send(access, push, token), { timeoutMs: 60_000, everyMs: 250, what: 'a push to be taken' });
    if (!answer.isAccepted) throw new Error(`a push was not taken whole: ${answer.text.slice(0, 500)}`);
    onTaken();
  }
}

async function send({ urls }: SystemAccess, push: Push, token: string): Promise<{ isAccepted: boolean; text: string } | undefined> {
  const response = await fetch(`${urls.dossiers}/v1/national-sync`, {
    method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify(push),
  });
  const text = await response.text();
  if (response.status === UNAVAILABLE) return undefined;
  return { isAccepted: response.status === 200 && (JSON.parse(text) as { error_code?: string }).error_code === '0', text };
}
