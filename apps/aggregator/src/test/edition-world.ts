import { generateKeyPairSync, randomUUID } from 'node:crypto';

import { editionsKey, type EditionRetracted, type ExclusionWaived } from '@index766/contracts-aggregator';
import type { UnitVersion } from '@index766/index-766';
import { instantOf, ok, parseInstant, type Instant, type LocalDay, type UnitCode } from '@index766/kernel';
import { VIETNAM_CALENDAR } from '@index766/working-time';

import { TakeDecision, type GivenDecision } from '../decisions';
import type { ClosingState } from '../editions/closing-check';
import type { ClosingWatch } from '../editions/closing-watch';
import { EditionHeads } from '../editions/edition-heads';
import { EditionKeeper } from '../editions/edition-keeper';
import type { Cause } from '../editions/edition-figures';
import { decideRetraction, decideWaiver, type PublishedEdition } from '../editions/edition-history';
import { PublishEdition } from '../editions/publish-edition';
import { editionSeal } from '../editions/adapters/edition-keys';
import type { EditionParts, UnitContent } from '../editions/edition-content';
import { Reference, type ReferenceRecords } from '../reference';
import { FailingAt, InMemoryDecisions, InMemoryEditionStore } from './in-memory-editions';

export const PROVINCE = 'H44' as UnitCode;
/** Made for this run alone. */
const SPEC_KEY = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

export function at(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === undefined) throw new Error(`no instant: ${text}`);
  return instant;
}

/** Everything around editions in memory: what is known can be changed, members come and go. */
export class EditionWorld {
  readonly store = new InMemoryEditionStore();
  readonly decisions = new InMemoryDecisions();
  readonly seal = editionSeal(SPEC_KEY);
  now = at('2026-11-23T09:00:30+07:00');
  state: Omit<ClosingState, 'now'> = {
    watermarks: ['catalog', 'dossiers'].map((producer) => ({ producer, passed: at('2026-11-23T08:59:10+07:00') })),
    sources: [], holesBefore: () => [], letters: [], mendedAt: null,
  };
  units: readonly UnitContent[] = [unitContent('H44', 10), unitContent('H44.1', 4), unitContent('H44.2', 6)];
  causes: readonly Cause[] = [];
  statements: readonly Cause[] = [];
  /** Codes of the refusals that were told. */
  readonly refusals: string[] = [];
  /** How many documents the topics were told, by the hash of the edition. */
  readonly announced = new Map<string, number>();
  /** Of which edition the index as it stands was told to be, in turn. */
  readonly figures: string[] = [];
  whileFiguresAreTold: () => Promise<void> = () => Promise.resolve();
  earliest: Instant | undefined;
  reportingSince: LocalDay | undefined = 0 as LocalDay;
  lookBackDays = 10;
  /** Of the province; null: it is there for ever. */
  lastDay: LocalDay | null = null;

  /** @param failing of this member alone */
  member(failing = new FailingAt(0, 'before')): EditionKeeper {
    const [store, decisions] = [failing.wrap(this.store), failing.wrap(this.decisions)];
    const watch = failing.wrap<ClosingWatch>({
      stateOf: (_, now) => Promise.resolve({ ...this.state, now }),
      earliestSince: () => Promise.resolve(this.earliest),
    });
    const figures = failing.wrap({
      partsOf: () => Promise.resolve(ok(this.parts())),
      causesOf: () => Promise.resolve(this.causes),
      statementsBetween: () => Promise.resolve(this.statements),
    });
    const topics = failing.wrap({
      announce: ({ published: { sha256 } }: PublishedEdition, texts: ReadonlyMap<string, string>) => {
        this.announced.set(sha256, texts.size);
        return Promise.resolve();
      },
      announceFigures: ({ published: { number, state }, retracted }: PublishedEdition) => {
        this.figures.push(`${number} ${retracted === null ? state : 'retracted'}`);
        return this.whileFiguresAreTold();
      },
    });
    const now = () => this.now;
    const publishEdition = new PublishEdition({
      store, decisions, seal: this.seal, figures: () => figures, announce: topics.announce.bind(topics), announceFigures: topics.announceFigures.bind(topics), takeDecision: new TakeDecision(decisions, { now }),
    });
    return new EditionKeeper({
      store, decisions, publishEdition, heads: new EditionHeads(decisions), figures: () => figures, watch: () => watch, canSign: true, now,
      onRefused: (_, { code }) => this.refusals.push(code),
      reference: () => referenceWith(this.reportingSince, { units: () => versionsOf(PROVINCE, ['H44.1', 'H44.2'] as UnitCode[], this.lastDay) }),
      rules: { openingMinute: 540, lookBackDays: this.lookBackDays, amendedMonths: 3, leaseMs: 60_000 },
    });
  }

  later(minutes: number): void {
    this.now = instantOf(this.now + minutes * 60_000);
  }

  retract(period: string, number: number): Promise<unknown> {
    const word: EditionRetracted = { province: PROVINCE, period, number, reason: 'wrong-facts', retractedBy: 'publisher' };
    return this.decide(period, (history) => decideRetraction(history, word));
  }

  waive(period: string, id: string, kind: ExclusionWaived['kind'] = 'producer'): Promise<unknown> {
    const word: ExclusionWaived = { province: PROVINCE, period, kind, id, reason: 'producer-down', waivedBy: 'publisher' };
    return this.decide(period, (history) => decideWaiver(history, word));
  }

  private async decide(period: string, decide: GivenDecision['decide']): Promise<void> {
    const requestHash = randomUUID();
    const decided = await new TakeDecision(this.decisions, { now: () => this.now })
      .execute({ key: editionsKey({ province: PROVINCE, period }), decide, idempotencyKey: requestHash, requestHash });
    if (!decided.ok) throw new Error(decided.error.detail);
  }

  parts(): EditionParts {
    return { definition: '766-2026', calendar: { id: 'vn', version: 1 }, units: this.units, rankings: [] };
  }
}

export function unitContent(unit: string, numerator: number): UnitContent {
  return {
    unit, name: unit, level: unit === PROVINCE ? 'PROVINCE' : 'COMMUNE', parent: unit === PROVINCE ? null : PROVINCE,
    index: { groups: [{ group: 'TDGQ', indicators: [{ indicator: '2.1', numerator, denominator: 12 }] }] },
    lateOfficers: { officers: [] },
  };
}

/** A province with two communes, which is reported since a day; `changes` of what the catalog has. */
export function referenceWith(reportingSince: LocalDay | undefined, changes: Partial<ReferenceRecords> = {}): Reference {
  const records: ReferenceRecords = {
    revision: 1,
    units: () => versionsOf(PROVINCE, ['H44.1', 'H44.2'] as UnitCode[]),
    calendars: () => [VIETNAM_CALENDAR],
    procedureName: () => undefined,
    resultDocumentOn: () => undefined,
    proceduresOf: () => [],
    reportingSinceOf: (unit) => (unit === PROVINCE ? reportingSince : undefined),
    unitsWithProcedures: () => [],
    reportedFor: () => new Map(),
    officer: () => undefined,
    knownBy: () => records,
    ...changes,
  };
  return new Reference(records);
}

/** A province and its communes, up to a day or without end. */
export function versionsOf(province: UnitCode, communes: readonly UnitCode[], validTo: LocalDay | null = null): readonly UnitVersion[] {
  const version = (code: UnitCode, level: UnitVersion['level'], parent: UnitCode | null): UnitVersion =>
    ({ code, name: code, level, parent, validFrom: 0 as LocalDay, validTo, successor: null });
  return [version(province, 'PROVINCE', null), ...communes.map((commune) => version(commune, 'COMMUNE', province))];
}
