import {
  FLAG_REVIEW_KEYS, OBJECTION_KEYS, decisionTopic, integrityFlagReviewedV1, latenessObjectedV1, objectionDecidedV1,
} from '@index766/contracts-aggregator';
import { recordId } from '@index766/contracts-envelope';
import { reportedFigureKey, reportedFigureTopic } from '@index766/contracts-catalog';
import { holderIn, type DossierView } from '@index766/dossier-life';
import {
  NO_MEASURES, countMeasures, definitionFor, isListed, placeOf, scoreOf, sumMeasures, unitsWithin, type CaseView, type Measures,
  type UnitNode, type UnitTree,
} from '@index766/index-766';
import {
  canonicalText, compareText, instantOf, ok, parsePeriod, refused, type Instant, type Period, type Result, type UnitCode,
} from '@index766/kernel';

import type { DecisionHistory, Decisions } from '../decisions';
import { withReviews } from '../integrity';
import { EVERY_OFFICER, type LateLists } from '../lateness';
import { CASES, PETITIONS, type FactsOfEntry, type KnownPetition, type Ledger, type LedgerSubject } from '../ledger';
import { measureCasesBy, measurePetitionsBy, type MeasureUnit } from '../measures';
import type { Reference } from '../reference';
import { apartReasons, countsIn, rolledUpWith, scoreJson, processingTimesJson, stocksIn, type SumJson, type UnitFigures } from '../scores';
import { dossierOf, flaggedOf, handledIn } from './dossier-share';
import type { EditionParts, UnitContent } from './edition-content';
import { integrityDocument } from './integrity-document';
import { lateListDocument } from './late-list-document';
import { rankingsOf } from './rankings';
import { caseReaches, petitionReaches } from './reaching';
import { catalogEnd, catalogKnownBy, seesFact, type Visibility } from './visibility';

export interface EditionFiguresOptions {
  readonly cases: Pick<Ledger<CaseView>, 'factsOfUnit'>;
  readonly petitions: Pick<Ledger<KnownPetition>, 'factsOfUnit'>;
  /** Every unit of which anything is known. */
  readonly units: () => Promise<readonly UnitCode[]>;
  readonly reference: Reference;
  /** Resolves when the reference has everything that is stored: records may have come between its last look and K. */
  readonly readReference: () => Promise<void>;
  readonly lateLists: Pick<LateLists, 'of'>;
  readonly decisions: Pick<Decisions, 'findWith'>;
}

/** A fact that made a published number another one. */
export interface Cause {
  /** `ce_id` of the fact or of the decision, or topic and key of what a unit reported. */
  readonly fact: string;
  /** The dossier or petition, or the key of what a unit reported or somebody decided. */
  readonly subject: string;
  readonly unit: string;
}

interface Scope {
  readonly province: UnitCode;
  readonly period: Period;
  readonly reference: Reference;
  readonly tree: UnitTree;
  /** Units with facts that count in the province. */
  readonly contributing: readonly UnitCode[];
}

/** Two sights of one ledger, for what became different between them. */
interface Sights {
  readonly before: { readonly scope: Scope; readonly visibility: Visibility };
  readonly after: { readonly scope: Scope; readonly visibility: Visibility };
}

/**
 * Computes what an edition publishes from the facts that it sees, one unit after another: the same for the same facts,
 * whenever and wherever it is computed (index-766.md, lifecycle.md §8).
 */
export class EditionFigures {
  constructor(private readonly options: EditionFiguresOptions) {}

  /** Refuses DEFINITION.NONE and EDITION.NO_PROVINCE. */
  async partsOf(province: UnitCode, period: Period, visibility: Visibility): Promise<Result<EditionParts>> {
    const definition = definitionFor(period);
    if (!definition.ok) return definition;
    const scope = await this.scopeOf(province, period, visibility);
    if (!scope.tree.nodes.has(province)) return refused('EDITION.NO_PROVINCE', 'editions are published of provinces that the catalog has on the last day of the period', 'province');
    const { measures, held } = await this.measured(scope, visibility);
    const nodes = unitsWithin(scope.tree, province).flatMap((code) => scope.tree.nodes.get(code) ?? []).filter(({ level }) => isListed(level));
    const figures = nodes.map((node) => figuresOf(scope, definition.value, node, measures.get(node.code) ?? NO_MEASURES));
    const reviews = await this.options.decisions.findWith(FLAG_REVIEW_KEYS);
    const units: UnitContent[] = [];
    for (const each of figures) units.push(await this.unitContent(scope, each, held, reviews, visibility));
    const { id, version } = scope.reference.calendar();
    return ok({ definition: definition.value.id, calendar: { id, version }, units, rankings: rankingsOf(definition.value, scope.tree, figures, period) });
  }

  /**
   * The facts that one edition sees and the other does not, of those dossiers and petitions whose share in a figure or a
   * list is another one for them; and what units reported otherwise.
   */
  async causesOf(province: UnitCode, period: Period, before: Visibility, after: Visibility): Promise<readonly Cause[]> {
    const sights: Sights = {
      before: { scope: await this.scopeOf(province, period, before), visibility: before },
      after: { scope: await this.scopeOf(province, period, after), visibility: after },
    };
    const causes = new Map<string, Cause>();
    for (const unit of sights.after.scope.contributing) {
      await this.collect(CASES, this.options.cases, measureCasesBy, unit, sights, causes);
      await this.collect(PETITIONS, this.options.petitions, measurePetitionsBy, unit, sights, causes);
    }
    for (const cause of await this.statementsIn(sights)) causes.set(cause.fact, cause);
    return [...causes.values()].sort((a, b) => compareText(a.fact, b.fact));
  }

  /** What units reported, and what was objected and decided about lists, that one edition sees and the other does not: it is no fact of a dossier. */
  async statementsBetween(province: UnitCode, period: Period, before: Visibility, after: Visibility): Promise<readonly Cause[]> {
    return this.statementsIn({
      before: { scope: await this.scopeOf(province, period, before), visibility: before },
      after: { scope: await this.scopeOf(province, period, after), visibility: after },
    });
  }

  private async statementsIn(sights: Sights): Promise<readonly Cause[]> {
    const { decisions } = this.options;
    return [
      ...reportsBetween(sights), ...objectionsBetween(sights, await decisions.findWith(OBJECTION_KEYS)),
      ...flagReviewsBetween(sights, await decisions.findWith(FLAG_REVIEW_KEYS)),
    ];
  }

  private async scopeOf(province: UnitCode, period: Period, visibility: Visibility): Promise<Scope> {
    await this.options.readReference();
    const reference = this.options.reference.knownByParts(catalogKnownBy(visibility), lastBefore(catalogEnd(visibility, visibility.knownBefore)));
    const tree = reference.treeOn(period.lastDay);
    const contributing = (await this.options.units()).filter((unit) => countsIn(tree, unit).includes(province)).sort(compareText);
    return { province, period, reference, tree, contributing };
  }

  /** Measures rolled up, and the dossiers that each unit itself holds at T. */
  private async measured({ period, reference, tree, contributing, province }: Scope, visibility: Visibility) {
    const [measureCases, measurePetitions] = [measureCasesBy(reference), measurePetitionsBy(reference)];
    const own = new Map<UnitCode, Measures>();
    const held = new Map<UnitCode, readonly DossierView[]>();
    for (const unit of contributing) {
      const cases = await seenBy(CASES, this.options.cases.factsOfUnit(unit), visibility, (view) => caseReaches(view, period));
      const petitions = await seenBy(PETITIONS, this.options.petitions.factsOfUnit(unit), visibility, (view) => petitionReaches(view, period));
      own.set(unit, sumMeasures([measureCases(cases, unit, period, period.end), measurePetitions(petitions, unit, period, period.end)]));
      held.set(unit, cases.map(({ dossier }) => dossier).filter((view) => holderIn(view, period, period.end) === unit));
    }
    const within = new Set([...unitsWithin(tree, province), ...countsIn(tree, province)]);
    const stocks = stocksIn(tree, reference, period, period.end, (unit) => within.has(unit));
    return { measures: rolledUpWith(tree, own, stocks, reference.reportedFor(period.name)), held };
  }

  private async unitContent(
    { tree, period, reference }: Scope, figures: UnitFigures, held: ReadonlyMap<UnitCode, readonly DossierView[]>,
    reviews: ReadonlyMap<string, DecisionHistory>, { knownBefore }: Visibility,
  ): Promise<UnitContent> {
    const { unit } = figures;
    // Balancing units appear in no list (index-766.md §7).
    const views = [...held].flatMap(([code, ofUnit]) =>
      (countsIn(tree, code).includes(unit.code) && tree.nodes.get(placeOf(tree, code))?.level !== 'BALANCE' ? ofUnit : []));
    const { list, objections } = await this.options.lateLists.of({
      unit: unit.code, period, evaluatedAt: period.end, views, reference, knownBy: lastBefore(knownBefore), threshold: EVERY_OFFICER,
    });
    return {
      unit: unit.code, name: unit.name, level: unit.level, parent: unit.parent, index: indexDocument(figures),
      lateOfficers: lateListDocument(list, objections),
      integrity: integrityDocument(
        [...held].flatMap(([code, ofUnit]) => (countsIn(tree, code).includes(unit.code) ? ofUnit : [])), unit.code, period, tree,
        (flags) => withReviews(flags, reviews, lastBefore(knownBefore)),
      ),
    };
  }

  /** What the dossier alone gives to the list of the unit that holds it; decisions as the later edition knows them, which are causes of their own. */
  private async lateListOf(view: unknown, unit: UnitCode, { period, reference }: Scope, { knownBefore }: Visibility): Promise<object | null> {
    const dossier = dossierOf(view);
    if (dossier === undefined || holderIn(dossier, period, period.end) !== unit) return null;
    const { list } = await this.options.lateLists.of({
      unit, period, evaluatedAt: period.end, views: [dossier], reference, knownBy: lastBefore(knownBefore), threshold: EVERY_OFFICER,
    });
    return lateListDocument(list, []);
  }

  private async collect<View>(
    subject: LedgerSubject<View>, ledger: Pick<Ledger<View>, 'factsOfUnit'>, measureBy: (reference: Reference) => MeasureUnit<View>,
    unit: UnitCode, { before, after }: Sights, causes: Map<string, Cause>,
  ): Promise<void> {
    const [sawBefore, seesNow] = [seesFact(before.visibility), seesFact(after.visibility)];
    for await (const entry of ledger.factsOfUnit(unit)) {
      const fresh = entry.facts.filter((known) => seesNow(entry.id, known) && !sawBefore(entry.id, known));
      if (fresh.length === 0) continue;
      const share = async ({ scope, visibility }: Sights['before']) => {
        const view = viewSeen(subject, entry, visibility);
        const measures = measureBy(scope.reference)(view === undefined ? [] : [view], unit, scope.period, scope.period.end);
        return canonicalText([measures, handledIn(view, scope.period), await this.lateListOf(view, unit, scope, after.visibility), flaggedOf(view, scope.period)]);
      };
      if (await share(before) === await share(after)) continue;
      for (const { fact } of fresh) {
        const id = recordId(fact.topic, entry.id, fact.sequence);
        causes.set(id, { fact: id, subject: entry.id, unit });
      }
    }
  }
}

/** Those alone that have a share in the period: of a long history nothing else stays in memory. */
async function seenBy<View>(
  subject: LedgerSubject<View>, entries: AsyncIterable<FactsOfEntry>, visibility: Visibility, reaches: (view: View) => boolean,
): Promise<readonly View[]> {
  const views: View[] = [];
  for await (const entry of entries) {
    const view = viewSeen(subject, entry, visibility);
    if (view !== undefined && reaches(view)) views.push(view);
  }
  return views;
}

function viewSeen<View>({ fold }: LedgerSubject<View>, { id, facts }: FactsOfEntry, visibility: Visibility): View | undefined {
  const sees = seesFact(visibility);
  const seen = facts.filter((known) => sees(id, known)).map(({ fact }) => fact);
  return seen.length === 0 ? undefined : fold(id, seen);
}

function figuresOf({ period, reference }: Scope, definition: UnitFigures['definition'], unit: UnitNode, measures: Measures): UnitFigures {
  const counted = countMeasures(measures);
  return {
    unit, period, definition, evaluatedAt: period.end, knownBy: null, measures: counted, score: scoreOf(definition, counted, unit.level),
    dailyMinutes: reference.calendarOf(unit.code, period.lastDay).dailyMinutesOn(period.lastDay),
  };
}

/** As the answers over HTTP have it, without what stands beside it in the document or says when it was asked for. */
function indexDocument(figures: UnitFigures): object {
  const {
    unit: _unit, name: _name, level: _level, parent: _parent, period: _period, definition: _definition, asOf: _asOf, knownAt: _knownAt, running: _running,
    groups, ...total
  } = scoreJson(figures);
  const apart = apartReasons(figures.definition, figures.unit.code, figures.score, figures.period);
  return { ...documentSum(total), groups: groups.map(documentSum), apart, processingTimeByProcedure: processingTimesJson(figures) };
}

/** Only of a sum without points it is said why: all others have the bytes that editions had before there was anything to say. */
function documentSum({ state, reason, ...sum }: Pick<SumJson, 'state' | 'reason'>): object {
  return state === 'scored' ? sum : { state, reason, ...sum };
}

function* reportsBetween({ before, after }: Sights): Iterable<Cause> {
  const { period, tree, province } = after.scope;
  const [old, now] = [before.scope.reference.reportedFor(period.name), after.scope.reference.reportedFor(period.name)];
  for (const [unit, figures] of now) {
    if (!countsIn(tree, unit).includes(province)) continue;
    for (const [measure, value] of Object.entries(figures)) {
      if ((old.get(unit) as Readonly<Record<string, unknown>> | undefined)?.[measure] === value) continue;
      const key = reportedFigureKey({ unit, measure: measure as Parameters<typeof reportedFigureKey>[0]['measure'], period: period.name });
      yield { fact: `${reportedFigureTopic.name}/${key}`, subject: key, unit };
    }
  }
}

/** A lift covers what was late up to the end of the period that was objected to: it may be on the list of every period before. */
function* objectionsBetween({ before, after }: Sights, histories: ReadonlyMap<string, DecisionHistory>): Iterable<Cause> {
  const { period, tree, province } = after.scope;
  for (const [key, history] of histories) {
    for (const { type, data, recordedAt, sequence } of history) {
      if (type !== latenessObjectedV1.type && type !== objectionDecidedV1.type) continue;
      if (recordedAt < before.visibility.knownBefore || recordedAt >= after.visibility.knownBefore) continue;
      const objected = parsePeriod(data.period);
      if (!objected.ok || objected.value.end <= period.start || !countsIn(tree, data.unit as UnitCode).includes(province)) continue;
      yield { fact: recordId(decisionTopic.name, key, sequence), subject: key, unit: data.unit };
    }
  }
}

/** A flag stands in the periods in which what it flags was recorded. */
function* flagReviewsBetween({ before, after }: Sights, histories: ReadonlyMap<string, DecisionHistory>): Iterable<Cause> {
  const { period, tree, province } = after.scope;
  for (const [key, history] of histories) {
    for (const { type, data, recordedAt, sequence } of history) {
      if (type !== integrityFlagReviewedV1.type || recordedAt < before.visibility.knownBefore || recordedAt >= after.visibility.knownBefore) continue;
      const week = parsePeriod(data.week);
      if (!week.ok || week.value.end <= period.start || week.value.start >= period.end) continue;
      if (countsIn(tree, data.unit as UnitCode).includes(province)) yield { fact: recordId(decisionTopic.name, key, sequence), subject: key, unit: data.unit };
    }
  }
}

/** The last instant before one: "known before K" (ADR 0100) is "known by" the millisecond before it. */
function lastBefore(instant: Instant): Instant {
  return instantOf(instant - 1);
}
