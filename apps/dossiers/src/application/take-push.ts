import { dossierTopic } from '@index766/contracts-dossiers';
import { type DossierId, type Instant, type Refusal, type Result, type UnitCode } from '@index766/kernel';
import { newAggregate } from '@index766/platform-mongo';
import { decideSnapshot, decideStep, mayReportSteps, type PushContext, type PushedDossier } from '../domain/decide-push';
import { emptyDossier } from '../domain/dossier-state';
import type { IntakeParts } from '../domain/intake-parts';
import { distinctOfficers, type SeenOfficer } from '../domain/seen-officer';
import type { Snapshot, StepReport } from '../domain/snapshot';
import type { Clock, DossierChange, Dossiers, SeenOfficers, StoredDossier } from './ports';
import type { Reference } from './reference';
import { CONTENDED, FULL, ROUNDS } from './write-refusals';

interface Element {
  readonly dossier: DossierId;
  /** Stated by a replay; absent: now. */
  readonly recordedAt?: Instant;
}

export type PushedElement =
  | (Element & { readonly kind: 'snapshot'; readonly snapshot: Snapshot; readonly parts?: IntakeParts })
  | (Element & { readonly kind: 'step'; readonly report: StepReport; readonly officer?: SeenOfficer });

export interface Push {
  readonly source: string;
  readonly covers: (unit: UnitCode) => boolean;
  readonly backfill: boolean;
  readonly elements: readonly PushedElement[];
}

export interface PushOutcome {
  /** One for each element, in their order; undefined: accepted, whether it said anything new or not. */
  readonly refusals: readonly (Refusal | undefined)[];
  readonly newFacts: number;
}

interface DecidedElements {
  /** Absent: the elements say nothing new. */
  readonly change?: DossierChange;
  /** Named in steps that the source may report and that were not refused. */
  readonly officers: readonly SeenOfficer[];
}

interface Placed {
  readonly place: number;
  readonly element: PushedElement;
}

/**
 * Takes a push in: one query for its dossiers, decisions in memory, one bulk write (architecture.md §3). An element is
 * accepted whole or refused; its neighbours are not concerned. Dossiers that another writer was faster with are loaded and
 * decided again, and only those. Rejects when the database is away: the sender repeats the push.
 */
export class TakePush {
  constructor(
    private readonly dossiers: Dossiers,
    private readonly officers: SeenOfficers,
    private readonly reference: Reference,
    private readonly clock: Clock,
  ) {}

  async execute(push: Push): Promise<PushOutcome> {
    const refusals: (Refusal | undefined)[] = push.elements.map(() => undefined);
    let newFacts = 0;
    let pending = byDossier(push.elements);
    for (let round = 1; round <= ROUNDS && pending.size > 0; round += 1) {
      const known = await this.dossiers.findMany([...pending.keys()]);
      await this.reference.fresh();
      // After whatever was waited for: the instant at which facts are recorded is close to their write.
      const now = this.clock.now();
      const changes: DossierChange[] = [];
      const named: SeenOfficer[] = [];
      for (const [id, elements] of pending) {
        const decided = this.decide(known.get(id), id, elements, push, now, refusals);
        if (decided.change !== undefined) changes.push(decided.change);
        named.push(...decided.officers);
      }
      // Before the dossiers: a name that is lost between the two writes would never be told, a step that is comes again.
      await this.officers.remember(distinctOfficers(named), now);
      const { lost, full } = await this.dossiers.saveMany(changes);
      newFacts += changes.reduce((sum, { of, facts }) => (lost.has(of.id) || full.has(of.id) ? sum : sum + facts.length), 0);
      refuseAll(pending, full, FULL, refusals);
      pending = new Map([...pending].filter(([id]) => lost.has(id)));
    }
    refuseAll(pending, new Set(pending.keys()), CONTENDED, refusals);
    return { refusals, newFacts };
  }

  /** What the elements of one dossier amount to. Sets or clears the refusal of each element. */
  private decide(
    stored: StoredDossier | undefined, id: DossierId, elements: readonly Placed[], push: Push, now: Instant,
    refusals: (Refusal | undefined)[],
  ): DecidedElements {
    const state = stored?.state ?? emptyDossier(id);
    const officers: SeenOfficer[] = [];
    let dossier: PushedDossier = { state, facts: [], intake: [] };
    for (const { place, element } of elements) {
      const context = this.contextOf(push, element.recordedAt ?? now);
      const decided = decideElement(dossier, element, context);
      refusals[place] = decided.ok ? undefined : decided.error;
      if (!decided.ok) continue;
      if (element.kind === 'step' && element.officer !== undefined && mayReportSteps(dossier.state, context)) officers.push(element.officer);
      dossier = decided.value;
    }
    return dossier.state === state ? { officers } : { officers, change: { of: stored?.ref ?? newAggregate(id), ...dossier } };
  }

  private contextOf({ source, covers, backfill }: Push, recordedAt: Instant): PushContext {
    const { reference } = this;
    return {
      source, topic: dossierTopic.name, recordedAt, backfill, covers,
      dueReferenceOn: (day) => reference.dueReferenceOn(day),
      pausesForObligation: (procedure, unit, day) => reference.pausesForObligation(procedure, unit, day),
    };
  }
}

function decideElement(dossier: PushedDossier, element: PushedElement, context: PushContext): Result<PushedDossier> {
  switch (element.kind) {
    case 'snapshot':
      return decideSnapshot(dossier, element.snapshot, element.parts, context);
    case 'step':
      return decideStep(dossier, element.report, context);
  }
}

function byDossier(elements: readonly PushedElement[]): ReadonlyMap<DossierId, readonly Placed[]> {
  const groups = new Map<DossierId, Placed[]>();
  for (const [place, element] of elements.entries()) {
    const group = groups.get(element.dossier);
    if (group === undefined) groups.set(element.dossier, [{ place, element }]);
    else group.push({ place, element });
  }
  return groups;
}

function refuseAll(
  pending: ReadonlyMap<DossierId, readonly Placed[]>, ids: ReadonlySet<string>, refusal: Refusal, refusals: (Refusal | undefined)[],
): void {
  for (const id of ids) {
    for (const { place } of pending.get(id as DossierId) ?? []) refusals[place] ??= refusal;
  }
}
