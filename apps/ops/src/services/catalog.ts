import { formatInstant, parseLocalDay, startOfDay } from '@index766/kernel';
import type { ReferenceRecords, ReferenceUnit } from '@index766/sample';
import { OpsFailure } from '../failure';
import { figuresCsv, proceduresCsv } from '../writing/reference-csv';
import { describeProblem, request, type HttpRequest } from './http-request';

/** A unit as the catalog has it now. */
export interface KnownUnit {
  readonly code: string;
  readonly level: string;
  readonly parent: string | null;
}

const PAGE = 500;
/** Rows of one import: all of them are recorded in one write, or none. */
const IMPORT = 2_000;
const OK = [200, 201];

/** Reads and records reference data over the catalog's REST. */
export class Catalog {
  constructor(private readonly url: string, private readonly token?: string) {}

  /** Records units, procedures, the calendar and reported figures. What is known already stays as it is. */
  async record({ units, procedures, figures, calendar }: ReferenceRecords): Promise<void> {
    const { id, version: _, ...content } = calendar;
    await this.put(`calendars/${id}`, content, calendar.coversFrom);
    // Parents come first: a unit is recorded below one that is known.
    for (const unit of units) await this.put(`units/${encodeURIComponent(unit.code)}`, unitBody(unit), unit.validFrom);
    for (const validFrom of new Set(procedures.map((procedure) => procedure.validFrom))) {
      const since = procedures.filter((procedure) => procedure.validFrom === validFrom);
      for (let start = 0; start < since.length; start += IMPORT) {
        await this.import('procedures', proceduresCsv(since.slice(start, start + IMPORT)), validFrom);
      }
    }
    for (const day of new Set(figures.map(({ source }) => source.day))) {
      await this.import('reported-figures', figuresCsv(figures.filter(({ source }) => source.day === day)), day);
    }
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

  private put(path: string, body: unknown, validFrom: string): Promise<void> {
    return this.send({ method: 'PUT', url: `${this.url}/v1/${path}`, body }, path, validFrom);
  }

  private import(what: string, csv: string, day: string): Promise<void> {
    return this.send({ method: 'POST', url: `${this.url}/v1/imports/${what}`, csv }, `a file of ${what}`, day);
  }

  /** Stated as recorded when it became valid: what is computed as of the sample's month knows it. */
  private async send(asked: HttpRequest, what: string, writtenDay: string): Promise<void> {
    const day = parseLocalDay(writtenDay);
    if (day === undefined) throw new Error(`no day: ${writtenDay}`);
    const answer = await request({
      ...asked, headers: { 'X-Recorded-At': formatInstant(startOfDay(day)) }, ...(this.token === undefined ? {} : { token: this.token }),
    });
    if (!OK.includes(answer.status)) throw new OpsFailure(`The catalog does not take ${what}: ${describeProblem(answer)}.`);
  }
}

function unitBody({ name, level, parent, validFrom }: ReferenceUnit) {
  return { name, level, parent, validFrom };
}
