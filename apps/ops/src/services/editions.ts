import { OpsFailure } from '../failure';
import { describeProblem, request, type HttpAnswer } from './http-request';

export interface EditionLine {
  readonly number: number;
  readonly state: string;
  readonly knownBefore: string;
  readonly publishedAt: string;
  readonly publishedBy: string | null;
  readonly sha256: string;
  readonly signature: string;
  readonly keyId: string;
}

/** An edition with the text that was signed. */
export interface SignedEdition extends EditionLine {
  readonly canonical: string;
}

export interface EditionKey {
  readonly keyId: string;
  readonly publicKey: string;
}

export interface PeriodEditions {
  readonly period: string;
  readonly state: string;
  readonly editions: readonly EditionLine[];
}

/** What a manifest names: documents, each under the path that it is read at. */
export interface NamedDocument {
  readonly path: string;
  readonly sha256: string;
}

/** Reads editions over the aggregator's REST, as anyone may. */
export class Editions {
  constructor(private readonly url: string) {}

  async ofProvince(province: string): Promise<readonly PeriodEditions[]> {
    const answer = await this.get(`editions?${new URLSearchParams({ province }).toString()}`);
    return (expected(answer, `the editions of ${province}`).json as { periods: readonly PeriodEditions[] }).periods;
  }

  async edition(province: string, period: string, number: number): Promise<SignedEdition> {
    return expected(await this.get(pathOf(province, period, number)), `edition ${number} of ${province} and ${period}`).json as SignedEdition;
  }

  async keys(): Promise<readonly EditionKey[]> {
    return (expected(await this.get('edition-keys'), 'the keys of editions').json as { keys: readonly EditionKey[] }).keys;
  }

  /** Canonical text of a document of an edition. */
  async document(province: string, period: string, number: number, { path }: NamedDocument): Promise<string> {
    const answer = await this.get(`${pathOf(province, period, number)}/${path}`);
    return (expected(answer, `${path} of edition ${number}`).json as { canonical: string }).canonical;
  }

  private get(path: string): Promise<HttpAnswer> {
    return request({ method: 'GET', url: `${this.url}/v1/${path}` });
  }
}

/** Every document that a manifest names. */
export function documentsIn(manifest: string): readonly NamedDocument[] {
  const { units, rankings, changes } = JSON.parse(manifest) as {
    units: readonly { unit: string; index: string; lateOfficers: string }[]; rankings: string; changes: string | null;
  };
  return [
    ...units.flatMap(({ unit, index, lateOfficers }) => [
      { path: `units/${encodeURIComponent(unit)}`, sha256: index }, { path: `units/${encodeURIComponent(unit)}/late-officers`, sha256: lateOfficers },
    ]),
    { path: 'rankings', sha256: rankings },
    ...(changes === null ? [] : [{ path: 'changes', sha256: changes }]),
  ];
}

function pathOf(province: string, period: string, number: number): string {
  return `editions/${encodeURIComponent(province)}/${encodeURIComponent(period)}/${number}`;
}

function expected(answer: HttpAnswer, what: string): HttpAnswer {
  if (answer.status !== 200) throw new OpsFailure(`The aggregator does not give ${what}: ${describeProblem(answer)}.`);
  return answer;
}
