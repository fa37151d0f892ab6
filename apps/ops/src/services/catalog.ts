import { formatInstant, parseLocalDay, startOfDay } from '@index766/kernel';
import type { ReferenceProcedure, ReferenceRecords, ReferenceUnit } from '@index766/sample';
import { OpsFailure } from '../failure';
import { describeProblem, request } from './http-request';

/** A unit as the catalog has it now. */
export interface KnownUnit {
  readonly code: string;
  readonly level: string;
  readonly parent: string | null;
}

const PAGE = 500;
const OK = [200, 201];

/** Reads and records reference data over the catalog's REST. */
export class Catalog {
  constructor(private readonly url: string, private readonly token?: string) {}

  /** Records units, procedures and the calendar. What is known already stays as it is. */
  async record({ units, procedures, calendar }: ReferenceRecords): Promise<void> {
    const { id, version: _, ...content } = calendar;
    await this.put(`calendars/${id}`, content, calendar.coversFrom);
    // Parents come first: a unit is recorded below one that is known.
    for (const unit of units) await this.put(`units/${encodeURIComponent(unit.code)}`, unitBody(unit), unit.validFrom);
    for (const procedure of procedures) await this.put(`procedures/${procedure.code}`, procedureBody(procedure), procedure.validFrom);
  }

  /** Every unit that is valid on a day, written `2026-10-31`. */
  async units(asOf: string): Promise<readonly KnownUnit[]> {
    const units: KnownUnit[] = [];
    for (let after: string | null = ''; after !== null;) {
      const query = new URLSearchParams({ asOf, limit: String(PAGE), ...(after === '' ? {} : { after }) });
      const answer = await request({ method: 'GET', url: `${this.url}/v1/units?${query.toString()}` });
      if (answer.status !== 200) throw new OpsFailure(`The catalog does not list its units: ${describeProblem(answer)}.`);
      const { items, next } = answer.json as { items: { key: string; inForce: { level: string; parent: string | null } | null }[]; next: string | null };
      units.push(...items.flatMap(({ key, inForce }) => (inForce === null ? [] : [{ code: key, level: inForce.level, parent: inForce.parent }])));
      after = next;
    }
    return units;
  }

  /** Stated as recorded when it became valid: what is computed as of the sample's month knows it. */
  private async put(path: string, body: unknown, validFrom: string): Promise<void> {
    const day = parseLocalDay(validFrom);
    if (day === undefined) throw new Error(`no day: ${validFrom}`);
    const answer = await request({
      method: 'PUT', url: `${this.url}/v1/${path}`, body, headers: { 'X-Recorded-At': formatInstant(startOfDay(day)) },
      ...(this.token === undefined ? {} : { token: this.token }),
    });
    if (!OK.includes(answer.status)) throw new OpsFailure(`The catalog does not take ${path}: ${describeProblem(answer)}.`);
  }
}

function unitBody({ name, level, parent, validFrom }: ReferenceUnit) {
  return { name, level, parent, validFrom };
}

function procedureBody({ name, term, pauseOnFinancialObligation, validFrom }: ReferenceProcedure) {
  return { name, pauseOnFinancialObligation, validFrom, ...(term === null ? {} : { term }) };
}
