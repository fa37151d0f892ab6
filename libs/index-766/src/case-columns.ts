import { compareText, type Instant, type ProcedureCode } from '@index766/kernel';
import type { CaseContext } from './case-measures';
import type { CaseView } from './case-view';
import { sharedCode } from './code-texts';
import type { ColumnTally } from './column-tally';
import { firstSince } from './first-since';
import { FLAG, flatten, INSTANTS, NEVER, type FlatCase } from './flat-case';
import { recordOf } from './record-of';

const MILLISECONDS_PER_SECOND = 1000;

/** Where a column stands in a row. */
const AT = recordOf(INSTANTS, (name) => INSTANTS.indexOf(name));
const FLAGS_AT = INSTANTS.length;
const PROCEDURE_AT = FLAGS_AT + 1;
const WIDTH = PROCEDURE_AT + 1;

/** A period, where counting ends in it, T, and what holds for the unit then. */
interface Evaluation {
  readonly start: number;
  readonly until: number;
  readonly at: number;
  readonly context: CaseContext;
}

/**
 * Cases of one unit as a table of numbers, for figures over many of them: counted without walking through objects. The table is
 * stored row by row, for a period counts few rows of a unit, and nearly every column of these. Cases that do not fit into it
 * are kept as views. Never changed: a changed case is in new columns.
 */
export class CaseColumns {
  private constructor(
    private readonly rows: Float64Array,
    private readonly procedures: readonly ProcedureCode[],
    /** By it the cases are ordered: the last instant of a period in which a case can count. */
    private readonly lastInstants: Float64Array,
    /** In the same order. */
    private readonly others: readonly CaseView[],
    private readonly lastInstantsOfOthers: Float64Array,
  ) {}

  /** @param views every case that the unit holds or ever held, each once. */
  static of(views: Iterable<CaseView>): CaseColumns {
    const flat: FlatCase[] = [];
    const others: CaseView[] = [];
    for (const view of views) {
      const fits = flatten(view);
      if (fits === undefined) others.push(view);
      else flat.push(fits);
    }
    flat.sort((a, b) => lastInstantOf(a) - lastInstantOf(b));
    others.sort((a, b) => lastInstantOfView(a) - lastInstantOfView(b));
    const procedures = [...new Set(flat.map(({ procedure }) => sharedCode(procedure)))].sort(compareText);
    const numbers = new Map(procedures.map((procedure, number) => [procedure, number]));
    return new CaseColumns(
      rowsOf(flat, numbers),
      procedures,
      Float64Array.from(flat, lastInstantOf),
      others,
      Float64Array.from(others, lastInstantOfView),
    );
  }

  /** The last instant at which any of them can count; nothing can in columns of nothing. */
  get lastInstant(): number {
    return Math.max(this.lastInstants.at(-1) ?? Number.NEGATIVE_INFINITY, this.lastInstantsOfOthers.at(-1) ?? Number.NEGATIVE_INFINITY);
  }

  /** Counts those of the cases that have columns and can count from an instant on. */
  count(tally: ColumnTally, since: number, evaluation: Evaluation): void {
    for (let row = firstSince(this.lastInstants, since); row < this.lastInstants.length; row += 1) this.countRow(tally, row * WIDTH, evaluation);
  }

  /** Those of the others that can. */
  othersSince(since: number): readonly CaseView[] {
    return this.others.length === 0 ? this.others : this.others.slice(firstSince(this.lastInstantsOfOthers, since));
  }

  /** @param row where it begins */
  private countRow(tally: ColumnTally, row: number, { start, until, at, context }: Evaluation): void {
    const flags = this.valueAt(row + FLAGS_AT);
    const paidAt = this.valueAt(row + AT.paidAt);
    const paidOnline = (flags & FLAG.paidOnline) !== 0 && paidAt < until;
    const receivedAt = this.valueAt(row + AT.receivedAt);
    const endedAt = this.valueAt(row + AT.endedAt);
    const [isPaid, belongs] = [paidAt >= start && paidAt < until, receivedAt < until && endedAt >= Math.min(start, until)];
    const code = isPaid || belongs ? this.procedures[this.valueAt(row + PROCEDURE_AT)] : undefined;
    if (code === undefined) return;
    const procedure = tally.procedure(code);
    if (isPaid) tally.pay(procedure, paidOnline);
    if (!belongs) return;

    const ended = endedAt < until;
    const clock = this.clockOf(row, flags, endedAt, until);
    const hasDue = (flags & FLAG.hasDue) !== 0;
    const onTime = hasDue ? (clock ?? (at < until ? at : until)) <= this.valueAt(row + AT.dueAt) : !ended;
    const state = ended ? 'ended' : clock === undefined ? 'open' : 'waiting';
    tally.flow(receivedAt >= Math.min(start, until), flags, ended);
    tally.outcome(state, onTime, !hasDue);
    if (receivedAt >= start) tally.receive(procedure, flags);
    tally.hold(onTime, this.valueAt(row + AT.dissatisfiedFrom) < until && this.valueAt(row + AT.dissatisfiedTo) >= until);

    const carriesFee = this.valueAt(row + AT.feeFrom) < until;
    const owes = carriesFee && this.valueAt(row + AT.waivedAt) >= until;
    tally.money(procedure, carriesFee, owes || paidOnline, paidOnline && this.valueAt(row + AT.refundedAt) >= until);

    const hasResult = this.valueAt(row + AT.resultAt) < until || !context.hasResultDocument(code);
    tally.papers(
      procedure, hasResult, this.valueAt(row + AT.digitisedAt) < until, this.valueAt(row + AT.reusedAt) < until,
      this.valueAt(row + AT.storeUsedAt) < until, this.valueAt(row + AT.populationDataAt) < until,
    );
    if (ended && (flags & FLAG.resolved) !== 0) {
      tally.resolve(procedure, this.processingSeconds(row, context), this.valueAt(row + AT.signedAndArchivedAt) < until);
    }
  }

  /** Where the clock stopped: at the end, or at the request that was waited for; undefined: it runs. */
  private clockOf(row: number, flags: number, endedAt: number, until: number): number | undefined {
    const waitFrom = this.valueAt(row + AT.waitFrom);
    const waitTo = this.valueAt(row + AT.waitTo);
    if (endedAt < until) {
      const waitedAtEnd = (flags & FLAG.closedByEnd) !== 0 && waitFrom < endedAt && waitTo >= endedAt;
      return waitedAtEnd ? waitFrom : endedAt;
    }
    return waitFrom < until && waitTo >= until ? waitFrom : undefined;
  }

  /** Indicator 2.2: without what was waited for the citizen. */
  private processingSeconds(row: number, { calendar }: CaseContext): number {
    const from = this.valueAt(row + AT.receivedAt);
    const to = this.valueAt(row + AT.endedAt);
    const waitFrom = Math.max(from, this.valueAt(row + AT.waitFrom));
    const waitTo = Math.min(to, this.valueAt(row + AT.waitTo));
    const waited = waitFrom < waitTo ? calendar.workingMillisecondsBetween(waitFrom as Instant, waitTo as Instant) : 0;
    const worked = from < to ? calendar.workingMillisecondsBetween(from as Instant, to as Instant) - waited : 0;
    return Math.round(worked / MILLISECONDS_PER_SECOND);
  }

  private valueAt(place: number): number {
    return this.rows[place] ?? NEVER;
  }
}

function rowsOf(flat: readonly FlatCase[], numbers: ReadonlyMap<ProcedureCode, number>): Float64Array {
  const rows = new Float64Array(flat.length * WIDTH);
  flat.forEach(({ instants, flags, procedure }, index) => {
    const row = index * WIDTH;
    for (const name of INSTANTS) rows[row + AT[name]] = instants[name];
    rows[row + FLAGS_AT] = flags;
    rows[row + PROCEDURE_AT] = numbers.get(procedure) ?? 0;
  });
  return rows;
}

/** An open case counts until it ends; an ended one until its end, or a payment that came after it. */
function lastInstantOf({ instants: { endedAt, paidAt } }: FlatCase): number {
  return paidAt === NEVER ? endedAt : Math.max(endedAt, paidAt);
}

/** What was voided counts in none, what was not received only by its payments. */
function lastInstantOfView({ dossier: { voided, receivedAt, endedAt }, payments: { payments } }: CaseView): number {
  if (voided) return Number.NEGATIVE_INFINITY;
  const paidAt = payments.map(({ succeededAt }) => succeededAt ?? Number.NEGATIVE_INFINITY);
  return Math.max(receivedAt === null ? Number.NEGATIVE_INFINITY : endedAt ?? NEVER, ...paidAt);
}
