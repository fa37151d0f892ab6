import type { ReferenceProcedure } from '@index766/sample';
import type { Role } from '@index766/platform-auth';
import type { SystemAccess } from './system-access';
import { tokenFor } from './tokens';

export interface CommandAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Receives a dossier at the desk, in person and without a stated due date, under an Idempotency-Key. */
export function receiveDossier(
  access: SystemAccess, dossier: string, given: { readonly key: string; readonly unit: string; readonly procedure: string; readonly occurredAt: string },
): Promise<CommandAnswer> {
  const { key, ...stated } = given;
  return send(access, 'desk', 'POST', `${access.urls.dossiers}/v1/dossiers/${dossier}/receive`, { ...stated, channel: 'in-person' }, { 'idempotency-key': key });
}

/** Assesses a fee of 8000 đồng at the desk, under an Idempotency-Key. */
export function assessFee(access: SystemAccess, dossier: string, { key, fee }: { readonly key: string; readonly fee: string }): Promise<CommandAnswer> {
  return send(access, 'desk', 'POST', `${access.urls.payments}/v1/dossiers/${dossier}/assess-fee`, { fee, amount: 8_000 }, { 'idempotency-key': key });
}

/** Waives a fee at the desk, or a part of it, under an Idempotency-Key. */
export function waiveFee(
  access: SystemAccess, dossier: string, { key, ...stated }: { readonly key: string; readonly fee: string; readonly amount?: number },
): Promise<CommandAnswer> {
  const body = { ...stated, reasonCode: 'EXEMPT' };
  return send(access, 'desk', 'POST', `${access.urls.payments}/v1/dossiers/${dossier}/waive-fee`, body, { 'idempotency-key': key });
}

/** Records a version of a procedure as a unit has it. */
export function putProcedureOf(access: SystemAccess, unit: string, code: string, content: object): Promise<CommandAnswer> {
  const stated = { unit, name: code, pauseOnFinancialObligation: false, validFrom: '2020-01-01', ...content };
  return send(access, 'administrator', 'PUT', `${access.urls.catalog}/v1/procedures/${code}`, stated);
}

/** Records a version of a procedure in the catalog. */
export function putProcedure(access: SystemAccess, { code, unit: _everyUnit, term, ...content }: ReferenceProcedure): Promise<CommandAnswer> {
  return send(access, 'administrator', 'PUT', `${access.urls.catalog}/v1/procedures/${code}`, { ...content, ...(term === null ? {} : { term }) });
}

async function send(
  access: SystemAccess, role: Role, method: string, url: string, body: object, headers: Readonly<Record<string, string>> = {},
): Promise<CommandAnswer> {
  const response = await fetch(url, {
    method, body: JSON.stringify(body),
    headers: { authorization: `Bearer ${await tokenFor(access, role)}`, 'content-type': 'application/json', ...headers },
  });
  return { status: response.status, body: await response.json() };
}
