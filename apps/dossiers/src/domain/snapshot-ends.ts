import type { Status } from '@index766/dossier-life';
import type { Instant } from '@index766/kernel';
import type { Findings } from './findings';
import { hasEnded, type KnownDossier } from './known-dossier';
import { settleEvent } from './settle-event';
import type { Snapshot } from './snapshot';

/** What NgayKetThucXuLy ends, by the status; any other status: the dossier is finished. */
const CLOSING = {
  7: { kind: 'dossier-withdrawn', event: 'withdrawn', field: 'withdrawn-at' },
  8: { kind: 'dossier-stopped', event: 'stopped', field: 'stopped-at' },
} as const;
const FINISHING = { kind: 'dossier-finished', event: 'finished', field: 'finished-at' } as const;

const ENDED_STATUSES: ReadonlySet<Status | undefined> = new Set<Status>([7, 8, 9, 10]);

/**
 * The end of processing and the return of the result. Instants decide, whatever the status says; a status that says
 * "ended" without any instant, of a dossier that is not known to have ended, takes the instant of recording (ADR 0022).
 */
export function addEnds(snapshot: Snapshot, known: KnownDossier, recordedAt: Instant, findings: Findings): void {
  const { status, closedAt, returnedAt } = snapshot;
  const closing = status === 7 || status === 8 ? CLOSING[status] : FINISHING;
  // A dossier that was withdrawn or stopped ended when its papers went back, if nothing else is said.
  const papersBack = closing !== FINISHING && closedAt === undefined;
  const endedAt = papersBack ? returnedAt : closedAt;
  if (endedAt !== undefined) addClosing(closing, endedAt, 'stated', known, findings);
  if (returnedAt !== undefined && !papersBack) addReturn(snapshot, returnedAt, 'stated', known, findings);

  if (endedAt !== undefined || returnedAt !== undefined || !ENDED_STATUSES.has(status) || hasEnded(known)) return;
  if (status === 10) addReturn(snapshot, recordedAt, 'inferred', known, findings);
  else addClosing(closing, recordedAt, 'inferred', known, findings);
}

type Closing = (typeof CLOSING)[7 | 8] | typeof FINISHING;

function addClosing(
  { kind, event, field }: Closing, at: Instant, timeBasis: 'stated' | 'inferred', known: KnownDossier, findings: Findings,
): void {
  if (known.events[event] === undefined) findings.propose({ kind, occurredAt: at, timeBasis, body: {} });
  else settleEvent(findings, field, known.events[event], at);
}

function addReturn(
  { returnChannel }: Snapshot, at: Instant, timeBasis: 'stated' | 'inferred', known: KnownDossier, findings: Findings,
): void {
  if (known.events.returned === undefined) {
    findings.propose({ kind: 'result-returned', occurredAt: at, timeBasis, body: { channel: returnChannel ?? 'in-person' } });
    return;
  }
  settleEvent(findings, 'returned-at', known.events.returned, at);
  if (known.returnChannel !== undefined) findings.settleFirst({ field: 'return-channel' }, { value: known.returnChannel }, returnChannel);
}
