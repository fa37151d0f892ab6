import { compareText, type ProcedureCode } from '@index766/kernel';
import { FLAG } from './flat-case';
import { NO_MEASURES, NO_SETS, type CountName, type Measures, type Pair, type PairsByProcedure, type SumMeasureName } from './measures';

const SET = { receivedOnline: 1, paidOnline: 2, feeCarried: 4, populationData: 8 } as const;

/** What rows of one procedure add up to. */
export interface ProcedureTally {
  readonly code: ProcedureCode;
  /** Bits of `SET`. */
  sets: number;
  paidOnline: number;
  paid: number;
  seconds: number;
  resolved: number;
}

/** Adds up the rows of columns in plain numbers, and makes measures of them once. */
export class ColumnTally {
  /** Of counted rows alone: what nothing was counted of costs nothing, however many procedures there ever were. */
  private readonly procedures = new Map<ProcedureCode, ProcedureTally>();
  private readonly counts: Record<CountName, number> = { ...NO_MEASURES.counts };
  private held = 0;
  private onTime = 0;
  private dissatisfied = 0;
  private received = 0;
  private receivedOnline = 0;
  private pushed = 0;
  private owing = 0;
  private paidOnline = 0;
  private withResult = 0;
  private digitised = 0;
  private reused = 0;
  private storeUsed = 0;
  private populationData = 0;
  private resolved = 0;
  private signedAndArchived = 0;

  /** The procedure of a row that is about to be counted. */
  procedure(code: ProcedureCode): ProcedureTally {
    const known = this.procedures.get(code);
    if (known !== undefined) return known;
    const added: ProcedureTally = { code, sets: 0, paidOnline: 0, paid: 0, seconds: 0, resolved: 0 };
    this.procedures.set(code, added);
    return added;
  }

  /** A payment that succeeded in the period. */
  pay(procedure: ProcedureTally, online: boolean): void {
    procedure.paid += 1;
    if (!online) return;
    procedure.paidOnline += 1;
    procedure.sets |= SET.paidOnline;
  }

  flow(arrived: boolean, flags: number, ended: boolean): void {
    this.counts[arrived ? 'received' : 'in-hand-at-start'] += 1;
    if (arrived) this.counts[channelOf(flags)] += 1;
    this.counts[ended ? 'ended' : 'in-hand-at-end'] += 1;
  }

  outcome(state: 'ended' | 'waiting' | 'open', onTime: boolean, undetermined: boolean): void {
    this.counts[undetermined ? (state === 'ended' ? 'undetermined-ended' : 'undetermined-open') : OUTCOMES[state][onTime ? 0 : 1]] += 1;
  }

  receive(procedure: ProcedureTally, flags: number): void {
    this.received += 1;
    if ((flags & FLAG.pushed) !== 0) this.pushed += 1;
    if ((flags & FLAG.online) === 0) return;
    this.receivedOnline += 1;
    procedure.sets |= SET.receivedOnline;
  }

  hold(onTime: boolean, dissatisfied: boolean): void {
    this.held += 1;
    if (onTime) this.onTime += 1;
    if (dissatisfied) this.dissatisfied += 1;
  }

  money(procedure: ProcedureTally, carriesFee: boolean, owing: boolean, paidOnline: boolean): void {
    if (carriesFee) procedure.sets |= SET.feeCarried;
    if (owing) this.owing += 1;
    if (paidOnline) this.paidOnline += 1;
  }

  papers(procedure: ProcedureTally, hasResult: boolean, digitised: boolean, reused: boolean, storeUsed: boolean, populationData: boolean): void {
    if (hasResult) this.withResult += 1;
    if (hasResult && digitised) this.digitised += 1;
    if (reused) this.reused += 1;
    if (storeUsed) this.storeUsed += 1;
    if (!populationData) return;
    this.populationData += 1;
    procedure.sets |= SET.populationData;
  }

  resolve(procedure: ProcedureTally, seconds: number, signedAndArchived: boolean): void {
    this.resolved += 1;
    if (signedAndArchived) this.signedAndArchived += 1;
    procedure.seconds += seconds;
    procedure.resolved += 1;
  }

  measures(): Measures {
    const { held } = this;
    const procedures = [...this.procedures.values()].sort((a, b) => compareText(a.code, b.code));
    const byProcedure = (pairFor: (procedure: ProcedureTally) => Pair): PairsByProcedure => {
      const counted: Record<string, Pair> = {};
      for (const procedure of procedures) {
        const pair = pairFor(procedure);
        if (pair.denominator > 0) counted[procedure.code] = pair;
      }
      return counted;
    };
    const codes = (set: number): readonly ProcedureCode[] => procedures.filter(({ sets }) => (sets & set) !== 0).map(({ code }) => code);
    const seconds = procedures.reduce((sum, procedure) => sum + procedure.seconds, 0);
    const pairs: Record<SumMeasureName, Pair> = {
      ...NO_MEASURES.pairs,
      'dossiers-synchronised': pairOf(this.pushed, this.received),
      'on-time': pairOf(this.onTime, held),
      'processing-time': pairOf(seconds, this.resolved),
      'received-online': pairOf(this.receivedOnline, this.received),
      'dossiers-paid-online': pairOf(this.paidOnline, this.owing),
      'dossiers-satisfied': pairOf(this.onTime - this.dissatisfied, held),
      'electronic-results': pairOf(this.withResult, held),
      'dossiers-digitised': pairOf(this.digitised, held),
      'components-reused': pairOf(this.reused, held),
      'personal-store-used': pairOf(this.storeUsed, held),
      'population-data-used': pairOf(this.populationData, held),
      'resolved-in-full': pairOf(this.signedAndArchived, this.resolved),
    };
    return {
      pairs,
      sets: {
        ...NO_SETS, 'received-online': codes(SET.receivedOnline), 'paid-online': codes(SET.paidOnline), 'fee-carried': codes(SET.feeCarried),
        'population-data-used': codes(SET.populationData),
      },
      counts: this.counts,
      processingTimeByProcedure: byProcedure((procedure) => pairOf(procedure.seconds, procedure.resolved)),
      paymentsByProcedure: byProcedure(({ paidOnline, paid }) => pairOf(paidOnline, paid)),
    };
  }
}

const OUTCOMES = {
  ended: ['ended-on-time', 'ended-late'], waiting: ['waiting-on-time', 'waiting-late'], open: ['open-within-term', 'open-overdue'],
} as const;

function channelOf(flags: number): CountName {
  if ((flags & FLAG.online) !== 0) return 'received-online';
  return (flags & FLAG.postal) === 0 ? 'received-in-person' : 'received-postal';
}

function pairOf(numerator: number, denominator: number): Pair {
  return { numerator, denominator };
}
