import type { ProcedureCode } from '@index766/kernel';
import { FLAG } from './flat-case';
import { NO_MEASURES, type CaseMeasureName, type CountName, type Measures, type Pair, type PairsByProcedure } from './measures';

const SET = { receivedOnline: 1, paidOnline: 2, feeCarried: 4, populationData: 8, any: 16 } as const;

/** Adds up the rows of columns in plain numbers, and makes measures of them once. */
export class ColumnTally {
  private readonly sets: Uint8Array;
  /** Those of counted rows: what nothing was counted of costs nothing, however many procedures there ever were. */
  private readonly seen: number[] = [];
  private readonly payments: Uint32Array;
  private readonly processing: Float64Array;
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

  constructor(procedures: number) {
    this.sets = new Uint8Array(procedures);
    this.payments = new Uint32Array(2 * procedures);
    this.processing = new Float64Array(2 * procedures);
  }

  /** A row of the procedure is about to be counted. */
  see(procedure: number): void {
    if (((this.sets[procedure] ?? 0) & SET.any) !== 0) return;
    this.note(procedure, SET.any);
    this.seen.push(procedure);
  }

  /** A payment that succeeded in the period. */
  pay(procedure: number, online: boolean): void {
    addAt(this.payments, 2 * procedure, online ? 1 : 0);
    addAt(this.payments, 2 * procedure + 1, 1);
    if (online) this.note(procedure, SET.paidOnline);
  }

  flow(arrived: boolean, flags: number, ended: boolean): void {
    this.counts[arrived ? 'received' : 'in-hand-at-start'] += 1;
    if (arrived) this.counts[channelOf(flags)] += 1;
    this.counts[ended ? 'ended' : 'in-hand-at-end'] += 1;
  }

  outcome(state: 'ended' | 'waiting' | 'open', onTime: boolean, undetermined: boolean): void {
    this.counts[undetermined ? (state === 'ended' ? 'undetermined-ended' : 'undetermined-open') : OUTCOMES[state][onTime ? 0 : 1]] += 1;
  }

  receive(procedure: number, flags: number): void {
    this.received += 1;
    if ((flags & FLAG.pushed) !== 0) this.pushed += 1;
    if ((flags & FLAG.online) === 0) return;
    this.receivedOnline += 1;
    this.note(procedure, SET.receivedOnline);
  }

  hold(onTime: boolean, dissatisfied: boolean): void {
    this.held += 1;
    if (onTime) this.onTime += 1;
    if (dissatisfied) this.dissatisfied += 1;
  }

  money(procedure: number, carriesFee: boolean, owing: boolean, paidOnline: boolean): void {
    if (carriesFee) this.note(procedure, SET.feeCarried);
    if (owing) this.owing += 1;
    if (paidOnline) this.paidOnline += 1;
  }

  papers(procedure: number, hasResult: boolean, digitised: boolean, reused: boolean, storeUsed: boolean, populationData: boolean): void {
    if (hasResult) this.withResult += 1;
    if (hasResult && digitised) this.digitised += 1;
    if (reused) this.reused += 1;
    if (storeUsed) this.storeUsed += 1;
    if (!populationData) return;
    this.populationData += 1;
    this.note(procedure, SET.populationData);
  }

  resolve(procedure: number, seconds: number, signedAndArchived: boolean): void {
    this.resolved += 1;
    if (signedAndArchived) this.signedAndArchived += 1;
    addAt(this.processing, 2 * procedure, seconds);
    addAt(this.processing, 2 * procedure + 1, 1);
  }

  /** @param procedures in the order of their codes. */
  measures(procedures: readonly ProcedureCode[]): Measures {
    const { held } = this;
    const seen = this.seen.sort((a, b) => a - b);
    const byProcedure = (pairs: Uint32Array | Float64Array): PairsByProcedure => {
      const counted: Record<string, Pair> = {};
      for (const number of seen) {
        const [procedure, denominator] = [procedures[number], pairs[2 * number + 1] ?? 0];
        if (procedure !== undefined && denominator > 0) counted[procedure] = { numerator: pairs[2 * number] ?? 0, denominator };
      }
      return counted;
    };
    const processingTimeByProcedure = byProcedure(this.processing);
    const seconds = Object.values(processingTimeByProcedure).reduce((sum, { numerator }) => sum + numerator, 0);
    const pairs: Record<CaseMeasureName, Pair> = {
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
    const codes = (set: number) => seen.flatMap((number) => (((this.sets[number] ?? 0) & set) === 0 ? [] : procedures[number] ?? []));
    return {
      pairs: { ...NO_MEASURES.pairs, ...pairs },
      sets: {
        'received-online': codes(SET.receivedOnline), 'paid-online': codes(SET.paidOnline), 'fee-carried': codes(SET.feeCarried),
        'population-data-used': codes(SET.populationData),
      },
      counts: this.counts,
      processingTimeByProcedure,
      paymentsByProcedure: byProcedure(this.payments),
    };
  }

  private note(procedure: number, set: number): void {
    this.sets[procedure] = (this.sets[procedure] ?? 0) | set;
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

function addAt(numbers: Uint32Array | Float64Array, index: number, amount: number): void {
  numbers[index] = (numbers[index] ?? 0) + amount;
}
