import { foldPetition, type PetitionAbout, type PetitionFact, type PetitionFactBodies, type PetitionFactKind } from '@index766/petition-life';
import { ok, type DossierId, type Instant, type PetitionId, type Result, type UnitCode } from '@index766/kernel';
import { isRecorded, numbered, type Change } from './numbered';

/** What a petitioner wrote or was written. It stays in this service's database: on no topic, in no log. */
export interface PetitionText {
  readonly of: 'petition' | 'supplement' | 'answer';
  readonly at: Instant;
  readonly text: string;
}

/** A token with which the petitioner rates the answer; the last one alone counts. */
export interface AnswerToken {
  readonly number: number;
  readonly hash: string;
  readonly issuedAt: Instant;
  readonly by: string;
}

/** What another thing has to learn of this petition, until it has: it leaves in the order of the list. */
export type PendingLink = LinkInstants & (
  | { readonly to: 'dossier'; readonly dossier: DossierId; readonly linked: boolean }
  | { readonly to: 'petition'; readonly petition: PetitionId; readonly linked: boolean }
);

/** Those of the petition's fact: what follows from it keeps them (ADR 0120). */
interface LinkInstants {
  readonly at: Instant;
  readonly recordedAt: Instant;
}

/** All that this service keeps of one petition. */
export interface Petition {
  readonly petition: PetitionId;
  /** In the order of their sequence, from 1 without gaps. */
  readonly facts: readonly PetitionFact[];
  readonly texts: readonly PetitionText[];
  readonly tokens: readonly AnswerToken[];
  readonly pendingLinks: readonly PendingLink[];
}

export type PetitionChange = Change<Petition, PetitionFact>;

/** A fact that was decided and has no place among the others yet. */
export type NewPetitionFact = {
  readonly [Kind in PetitionFactKind]: { readonly kind: Kind; readonly occurredAt: Instant; readonly body: PetitionFactBodies[Kind] };
}[PetitionFactKind];

export function emptyPetition(petition: PetitionId): Petition {
  return { petition, facts: [], texts: [], tokens: [], pendingLinks: [] };
}

export function recordPetition(state: Petition, added: readonly NewPetitionFact[], recordedAt: Instant): Result<PetitionChange> {
  const placed = numbered(state.facts, added, recordedAt);
  if (!placed.ok) return placed;
  const facts = placed.value.map((fact) => ({ ...fact, petition: state.petition }));
  return ok({ state: { ...state, facts: [...state.facts, ...facts], pendingLinks: [...state.pendingLinks, ...linksOf(state.facts, facts)] }, facts });
}

/** The unit that has it; undefined: it was not received. */
export function holderOf({ facts }: Petition): UnitCode | undefined {
  return foldPetition(facts).holders.at(-1)?.unit;
}

/** A later petition is about the answer to this one, or is no more. Said again it leads to nothing. */
export function takeRepetition(
  state: Petition, { by, linked, at }: { readonly by: PetitionId; readonly linked: boolean; readonly at: Instant }, recordedAt: Instant,
): Result<PetitionChange> {
  const fact: NewPetitionFact = { kind: linked ? 'petition-repeated' : 'petition-repeat-withdrawn', occurredAt: at, body: { by } };
  return recordPetition(state, isRecorded(state.facts, fact) ? [] : [fact], recordedAt);
}

/** Whom new facts concern besides this petition. Pure, so that a restored petition tells it again. */
export function linksOf(known: readonly PetitionFact[], added: readonly PetitionFact[]): readonly PendingLink[] {
  const links: PendingLink[] = [];
  let before = known;
  for (const fact of added) {
    const after = [...before, fact];
    if (fact.kind === 'petition-received' || fact.kind === 'petition-about-changed') {
      links.push(...changedLinks(foldPetition(before).about, foldPetition(after).about, { at: fact.occurredAt, recordedAt: fact.recordedAt }));
    }
    before = after;
  }
  return links;
}

function changedLinks(before: PetitionAbout, after: PetitionAbout, instants: LinkInstants): readonly PendingLink[] {
  const links: PendingLink[] = [];
  if (before.dossier !== after.dossier) {
    if (before.dossier !== undefined) links.push({ to: 'dossier', dossier: before.dossier, linked: false, ...instants });
    if (after.dossier !== undefined) links.push({ to: 'dossier', dossier: after.dossier, linked: true, ...instants });
  }
  if (before.petition !== after.petition) {
    if (before.petition !== undefined) links.push({ to: 'petition', petition: before.petition, linked: false, ...instants });
    if (after.petition !== undefined) links.push({ to: 'petition', petition: after.petition, linked: true, ...instants });
  }
  return links;
}
