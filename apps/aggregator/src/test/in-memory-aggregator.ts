import type { CaseView, ReportedFigures, UnitTree, UnitVersion } from '@index766/index-766';
import { localDayOf, parsePeriod, type Instant, type LocalDay, type Period, type UnitCode } from '@index766/kernel';
import { VIETNAM_CALENDAR } from '@index766/working-time';

import { ExplanationQueries } from '../explanations';
import { CASES, PETITIONS, LedgerBatchHandler, type LedgerSubject } from '../ledger';
import type { LedgerFact } from '../ledger/known-fact';
import {
  MEASURED_CASES, MeasureKeeper, MeasureQueries, measureCasesBy, measurePetitionsBy, measuredPetitionsBy, measureColumnsBy, measureReceivedBy,
} from '../measures';
import { Reference, type ReferenceRecords } from '../reference';
import { ScoreKeeper, ScoreQueries, TELLS_NOBODY } from '../scores';
import { InMemoryLedger, InMemoryPartials, InMemoryScores, RecordedMarks } from './in-memory-ports';

/** A fact of a dossier or petition, to be numbered by whoever gives it. */
export interface ToldFact {
  readonly id: string;
  readonly fact: LedgerFact;
  readonly knownAt?: Instant;
}

const PARTITION = 0;
const NO_NOTES = { takeMended: () => Promise.resolve(), take: () => Promise.resolve(), takeSaid: () => Promise.resolve() };
const FOREVER = 0 as LocalDay;

/** Everything between the ledger and the answers, on ports in memory: facts go in, figures come out. */
export class InMemoryAggregator {
  readonly queries: ScoreQueries;
  readonly explanations: ExplanationQueries;
  readonly caseKeeper: MeasureKeeper<CaseView>;
  readonly treeToday: () => UnitTree;
  private readonly cases: LedgerBatchHandler<ReturnType<typeof CASES.fold>>;
  private readonly petitions: LedgerBatchHandler<ReturnType<typeof PETITIONS.fold>>;
  private readonly scoreKeeper: ScoreKeeper;
  private readonly marks = new RecordedMarks();
  private readonly ready: Promise<unknown>;

  constructor(
    units: readonly (readonly [code: string, level: UnitVersion['level'], parent: string | null])[], now: Instant, live: readonly Period[],
    changes: Partial<ReferenceRecords> = {},
  ) {
    const records: ReferenceRecords = { ...recordsOf(units), knownBy: () => records, ...changes };
    const reference = new Reference(records);
    const [partials, scores] = [new InMemoryPartials(), new InMemoryScores()];
    const keeping = { partials, marks: this.marks, confirmOwnership: () => Promise.resolve(), now: () => now, endedDays: 60 };
    const [cases, petitions] = [new InMemoryLedger(CASES), new InMemoryLedger(PETITIONS)];
    const caseKeeper = new MeasureKeeper({ ...keeping, source: 'cases', subject: MEASURED_CASES, ledger: cases, measuring: measureColumnsBy(reference) });
    const petitionKeeper = new MeasureKeeper({
      ...keeping, source: 'petitions', subject: measuredPetitionsBy(reference), ledger: petitions, measuring: measureReceivedBy(reference),
    });
    this.caseKeeper = caseKeeper;
    this.treeToday = () => reference.treeOn(localDayOf(now));
    this.cases = new LedgerBatchHandler(CASES, cases, caseKeeper, NO_NOTES);
    this.petitions = new LedgerBatchHandler(PETITIONS, petitions, petitionKeeper, NO_NOTES);
    this.scoreKeeper = new ScoreKeeper({ partials, scores, catalog: reference, periods: () => live.map(({ name }) => name), now: () => now, latest: TELLS_NOBODY });
    const read = {
      partials, reference,
      cases: new MeasureQueries({ keeper: caseKeeper, ledger: cases, subject: CASES, measureUnitBy: measureCasesBy }),
      petitions: new MeasureQueries({ keeper: petitionKeeper, ledger: petitions, subject: PETITIONS, measureUnitBy: measurePetitionsBy }),
    };
    this.queries = new ScoreQueries({ ...read, scores, now: () => now, isLive: (period) => live.some(({ name }) => name === period.name) });
    this.explanations = new ExplanationQueries({ ...read, scores: this.queries });
    this.ready = Promise.all([this.cases.onAssigned([PARTITION]), this.petitions.onAssigned([PARTITION])]);
  }

  /** Takes a batch as it would come from a topic, and merges what it touched. */
  async take(...told: readonly ToldFact[]): Promise<void> {
    await this.ready;
    await takeInto(this.cases, CASES, told);
    await takeInto(this.petitions, PETITIONS, told);
    for (const units of this.marks.sent.splice(0)) await this.merge(units);
  }

  merge(units: readonly UnitCode[]): Promise<void> {
    return this.scoreKeeper.merge('H44' as UnitCode, units);
  }
}

async function takeInto<View>(handler: LedgerBatchHandler<View>, { topics }: LedgerSubject<View>, told: readonly ToldFact[]): Promise<void> {
  const mine = told.filter(({ fact }) => topics.some(({ name }) => name === fact.topic));
  for (const { id, fact, knownAt } of mine) {
    const before = (await handler.load([id])).get(id);
    const { document } = handler.fold(before, [{ id, known: { fact, knownAt: knownAt ?? fact.recordedAt }, partition: PARTITION }]);
    if (document !== undefined) await handler.save(new Map([[id, document]]));
    const after = (await handler.load([id])).get(id);
    await handler.after({ partition: PARTITION, behind: 0, keys: [{ key: id, before, after, isChanged: false, items: [] }] });
  }
}

export function periodNamed(name: string): Period {
  const period = parsePeriod(name);
  if (!period.ok) throw new Error(period.error.code);
  return period.value;
}

function recordsOf(units: readonly (readonly [code: string, level: UnitVersion['level'], parent: string | null])[]): ReferenceRecords {
  const versions = units.map(([code, level, parent]): UnitVersion => ({
    code: code as UnitCode, name: code, level, parent: parent as UnitCode | null, validFrom: FOREVER, validTo: null, successor: null,
  }));
  const records: ReferenceRecords = {
    revision: 1,
    units: () => versions,
    calendars: () => [VIETNAM_CALENDAR],
    procedureName: () => undefined,
    resultDocumentOn: () => undefined,
    proceduresOf: () => [],
    reportingSinceOf: () => undefined,
    unitsWithProcedures: () => [],
    reportedFor: () => new Map<UnitCode, ReportedFigures>(),
    officer: () => undefined,
    knownBy: () => records,
  };
  return records;
}

