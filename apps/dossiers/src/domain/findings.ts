import type { CorrectableField, NotFollowedStatement, ProposedFact, StatedField } from '@index766/dossier-life';
import type { Instant } from '@index766/kernel';
import { stated as said } from './stated';

/**
 * What a statement may do with what is known (architecture.md §3): the owner's statement of equal or higher rank
 * `corrects`; one of lower rank only `adds` what is missing; another source's adds too, and where it differs its value
 * is kept as a conflict (`contradicts`).
 */
export type Authority = 'corrects' | 'adds' | 'contradicts';

/** A value that another source states otherwise, or that no correction is made for. Kept, and shown. */
export interface Conflict {
  readonly source: string;
  readonly field: StatedField | 'step-department';
  readonly part?: string;
  readonly value: string | number;
}

/** Names a value: a field and, for those of a step or a supplement, which one. */
export interface FieldRef<Field extends string = CorrectableField> {
  readonly field: Field;
  readonly part?: string;
}

interface KnownValue {
  readonly value: string | number;
  readonly inferred?: boolean;
}

/** Who states something, and when that is taken down. */
export interface Statement {
  readonly source: string;
  readonly authority: Authority;
  readonly recordedAt: Instant;
  /** The latest instant that it names, and that of what stands: why it only `adds`. */
  readonly latestAt?: Instant;
  readonly outrankedBy?: Instant;
}

/** Collects what a statement amounts to: new facts, conflicts, and what is heard and not followed. */
export class Findings {
  readonly facts: ProposedFact[] = [];
  readonly conflicts: Conflict[] = [];
  readonly notFollowed: NotFollowedStatement[] = [];

  constructor(private readonly statement: Statement) {}

  get mayCorrect(): boolean {
    return this.statement.authority === 'corrects';
  }

  propose(fact: ProposedFact): void {
    this.facts.push(fact);
  }

  /** A value is stated for something that is known already: the same again, a correction, a conflict, or too old to count. */
  settle(ref: FieldRef, known: KnownValue, stated: string | number | undefined): void {
    if (stated === undefined || stated === known.value) return;
    if (known.inferred === true) {
      this.correct(ref, { before: known.value, after: stated, reasonCode: 'STATED-LATER' });
      return;
    }
    if (this.statement.authority === 'corrects') {
      this.correct(ref, { before: known.value, after: stated, reasonCode: 'SOURCE-CORRECTED' });
      return;
    }
    if (this.statement.authority === 'contradicts') this.keepApart(ref, stated);
    this.leave(ref, known.value, stated);
  }

  /** The first value stays: a differing one is kept as a conflict, unless it is merely older. */
  settleFirst(ref: FieldRef<Conflict['field']>, known: KnownValue, stated: string | number | undefined): void {
    if (stated === undefined || stated === known.value || this.statement.authority === 'adds') return;
    this.keepApart(ref, stated);
    const { field, part } = ref;
    if (this.statement.authority === 'contradicts' && field !== 'step-department') this.leave({ field, ...said('part', part) }, known.value, stated);
  }

  /** A value that the known fact had left open. */
  addMissing(ref: FieldRef, stated: string | number, occurredAt?: Instant): void {
    this.correct(ref, { after: stated, reasonCode: 'STATED-LATER' }, occurredAt);
  }

  correct(
    { field, part }: FieldRef,
    change: { readonly before?: string | number; readonly after: string | number; readonly reasonCode: string },
    occurredAt: Instant = this.statement.recordedAt,
  ): void {
    this.propose({
      kind: 'dossier-corrected', occurredAt, timeBasis: 'inferred',
      body: { field, ...(part === undefined ? {} : { part }), ...change },
    });
  }

  /** Heard, and not followed. */
  private leave({ field, part }: FieldRef<StatedField>, standing: string | number, stated: string | number): void {
    const { source, authority, latestAt, outrankedBy } = this.statement;
    const ranks = authority === 'adds' ? { ...said('latestAt', latestAt), ...said('outrankedBy', outrankedBy) } : {};
    this.notFollowed.push({
      field, ...said('part', part), stated, standing, source, cause: authority === 'adds' ? 'outranked' : 'other-source', ...ranks,
    });
  }

  private keepApart({ field, part }: FieldRef<Conflict['field']>, value: string | number): void {
    this.conflicts.push({ source: this.statement.source, field, ...(part === undefined ? {} : { part }), value });
  }
}
