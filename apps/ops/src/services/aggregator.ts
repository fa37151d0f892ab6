import { OpsFailure } from '../failure';
import { describeProblem, request } from './http-request';

export interface IndicatorFigures {
  readonly indicator: string;
  readonly state: 'scored' | 'shown' | 'missing' | 'not-applicable';
  readonly reason: string | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly points: number | null;
  readonly max: number | null;
}

/** A group or the total: missing, 0 and not applicable are told apart by `state`, never by a number. */
export interface SumFigures {
  readonly state: 'scored' | 'missing' | 'not-applicable';
  readonly reason: string | null;
  readonly points: number | null;
}

export interface GroupFigures extends SumFigures {
  readonly group: string;
  readonly max: number | null;
  readonly indicators: readonly IndicatorFigures[];
}

export interface UnitFigures extends SumFigures {
  readonly unit: string;
  readonly name: string;
  readonly level: string;
  readonly asOf: string;
  readonly running: boolean;
  readonly attainable: number;
  /** Why the total is not enough to be ranked or rated; empty: it is. */
  readonly insufficient: readonly string[];
  readonly groups: readonly GroupFigures[];
  /** 2.2: mean working time in days of the unit's hours; null if no dossier ended. */
  readonly processingTime: { readonly meanDays: number | null };
  readonly counts: Readonly<Record<string, number>>;
}

export interface LateOfficerLine {
  readonly rank: number;
  readonly officer: string;
  readonly name: string | null;
  readonly title: string | null;
  readonly division: string | null;
  readonly endedLate: number;
  readonly overdueOpen: number;
  readonly handled: number;
  readonly lateShare: number | null;
  readonly lateWorkingMinutes: number;
  readonly worstWorkingMinutes: number;
  readonly lateStepsOnTime: number;
  readonly dossiers: readonly { readonly unit: string | null; readonly dossier: string; readonly daysLate: number }[];
}

export interface LateOfficers {
  readonly officers: readonly LateOfficerLine[];
  readonly unassigned: readonly { readonly why: string; readonly dossiers: readonly { readonly unit: string | null }[] }[];
}

/** What became of the figures of one unit; `recorded` 0: they say nothing new. */
export type PortalImportOutcome =
  | { readonly kind: 'taken'; readonly recorded: number }
  | { readonly kind: 'refused'; readonly why: string };

const NOT_FOUND = 404;
/** What is wrong with one unit's figures: they are not as documented, the unit is unknown, a rule speaks against them. */
const REFUSED = [400, NOT_FOUND, 422];

/** Reads the computed figures over the aggregator's REST. */
export class Aggregator {
  constructor(private readonly url: string, private readonly token?: string) {}

  /** Undefined: the aggregator does not know the unit. */
  async unit(unit: string, period: string): Promise<UnitFigures | undefined> {
    const answer = await this.get(`units/${encodeURIComponent(unit)}/scores/${period}`);
    if (answer.status === NOT_FOUND) return undefined;
    if (answer.status !== 200) throw new OpsFailure(`The aggregator has no figures of ${unit} in ${period}: ${describeProblem(answer)}.`);
    return answer.json as UnitFigures;
  }

  /** The figures of a unit and of those directly below it. */
  async unitsBelow(parent: string, period: string): Promise<readonly UnitFigures[]> {
    const answer = await this.get(`scores?${new URLSearchParams({ parent, period }).toString()}`);
    if (answer.status !== 200) throw new OpsFailure(`The aggregator has no figures below ${parent} in ${period}: ${describeProblem(answer)}.`);
    return (answer.json as { scores: readonly UnitFigures[] }).scores;
  }

  async lateOfficers(unit: string, period: string): Promise<LateOfficers> {
    const answer = await this.get(`units/${encodeURIComponent(unit)}/late-officers/${period}`);
    if (answer.status !== 200) throw new OpsFailure(`The aggregator has no late officers of ${unit} in ${period}: ${describeProblem(answer)}.`);
    return answer.json as LateOfficers;
  }

  /** A refusal is of this unit alone; anything else that stands in the way is a failure. */
  async importPortalFigures(unit: string, period: string, body: unknown, idempotencyKey: string): Promise<PortalImportOutcome> {
    const answer = await request({
      method: 'POST', url: `${this.url}/v1/units/${encodeURIComponent(unit)}/portal-figures/${period}`, body,
      headers: { 'Idempotency-Key': idempotencyKey }, ...(this.token === undefined ? {} : { token: this.token }),
    });
    if (answer.status === 200) return { kind: 'taken', recorded: (answer.json as { recorded: number }).recorded };
    if (REFUSED.includes(answer.status)) return { kind: 'refused', why: describeProblem(answer) };
    throw new OpsFailure(`The aggregator does not take figures of the portal: ${describeProblem(answer)}.`);
  }

  private get(path: string) {
    return request({ method: 'GET', url: `${this.url}/v1/${path}`, ...(this.token === undefined ? {} : { token: this.token }) });
  }
}
