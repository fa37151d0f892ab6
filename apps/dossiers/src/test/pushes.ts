import { dossierTopic } from '@index766/contracts-dossiers';
import type { DossierFact } from '@index766/dossier-life';
import { parseInstant, type DossierId, type Instant, type Result } from '@index766/kernel';
import { createSecretKey } from 'node:crypto';
import { decideSnapshot, decideStep, type PushContext, type PushedDossier } from '../domain/decide-push';
import { emptyDossier } from '../domain/dossier-state';
import { OfficerPseudonyms } from '../intake/officer-pseudonyms';
import { readSnapshot } from '../intake/read-snapshot';
import { readStep } from '../intake/read-step';
import { dueReference } from './due-reference';

export const DOSSIER = 'H44.114-20261005-0001' as DossierId;
export const PSEUDONYMS = new OfficerPseudonyms(createSecretKey(Buffer.from('a key of a test, 32 bytes long!!')));

export const at = (text: string): Instant => {
  const instant = parseInstant(text);
  if (instant === undefined) throw new Error(`${text} is no instant`);
  return instant;
};

/** `05 08:30` of October 2026, local time. */
export const october = (text: string): Instant => at(`2026-10-${text.replace(' ', 'T')}:00+07:00`);

/** A push as the source writes it; elements with NgayBatDau are steps. */
export type PushElement = Readonly<Record<string, unknown>>;

export function pushContext(changes: Partial<PushContext> = {}): PushContext {
  return {
    source: 'H44', topic: dossierTopic.name, recordedAt: october('31 12:00'), backfill: false,
    covers: () => true, dueReferenceOn: () => dueReference(), pausesForObligation: () => false, ...changes,
  };
}

export function unknownDossier(dossier: DossierId = DOSSIER): PushedDossier {
  return { state: emptyDossier(dossier), facts: [], intake: [] };
}

/** Reads and decides one element. */
export function pushed(dossier: PushedDossier, element: PushElement, context: PushContext = pushContext()): Result<PushedDossier> {
  if ('NgayBatDau' in element) {
    const step = readStep(element, PSEUDONYMS, 'H44' as never);
    return step.ok ? decideStep(dossier, step.value.report, context) : step;
  }
  const snapshot = readSnapshot(element);
  return snapshot.ok ? decideSnapshot(dossier, snapshot.value.snapshot, snapshot.value.parts, context) : snapshot;
}

/** Pushes elements of one dossier one after another; throws where one is refused. */
export function pushedAll(elements: readonly PushElement[], context: PushContext = pushContext(), dossier = unknownDossier()): PushedDossier {
  return elements.reduce<PushedDossier>((known, element) => {
    const result = pushed(known, element, context);
    if (!result.ok) throw new Error(`${result.error.code}: ${result.error.detail}`);
    return result.value;
  }, dossier);
}

/** What a fact says, without what recording adds: the same for whoever was told in another order. */
export function contentOf({ kind, occurredAt, timeBasis, body }: DossierFact): string {
  return JSON.stringify([kind, new Date(occurredAt).toISOString(), timeBasis, Object.entries(body).sort()]);
}

export function contentsOf(facts: readonly DossierFact[]): readonly string[] {
  return facts.map(contentOf).sort();
}
