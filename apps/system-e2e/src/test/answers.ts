import { MONTH, PROVINCE, UNITS, WEEKS } from './small-sample';
import type { SystemAccess } from './system-access';

export interface IndicatorAnswer {
  readonly indicator: string;
  readonly state: string;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly points: number | null;
}

export interface ScoreAnswer {
  readonly unit: string;
  readonly level: string;
  readonly groups: readonly { readonly indicators: readonly IndicatorAnswer[] }[];
  readonly counts: Readonly<Record<string, number>>;
}

export interface LateOfficersAnswer {
  readonly officers: readonly { readonly officer: string; readonly name: string | null; readonly title: string | null; readonly division: string | null }[];
  readonly unassigned: readonly { readonly why: string }[];
}

/** The text of an answer of the aggregator, byte for byte. */
export async function readText({ urls }: SystemAccess, path: string, token?: string): Promise<string> {
  const response = await fetch(`${urls.aggregator}${path}`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path} answers ${response.status}: ${text}`);
  return text;
}

export async function readJson<Answer>(access: SystemAccess, path: string, token?: string): Promise<Answer> {
  return JSON.parse(await readText(access, path, token)) as Answer;
}

/** The scores of the province and of all its units. */
export async function scoresOf(access: SystemAccess, period: string): Promise<ReadonlyMap<string, ScoreAnswer>> {
  const { scores } = await readJson<{ scores: readonly ScoreAnswer[] }>(access, `/v1/scores?parent=${PROVINCE}&period=${period}`);
  return new Map(scores.map((score) => [score.unit, score]));
}

export function indicatorOf({ groups }: ScoreAnswer, id: string): IndicatorAnswer {
  const found = groups.flatMap(({ indicators }) => indicators).find(({ indicator }) => indicator === id);
  if (found === undefined) throw new Error(`no indicator ${id} in the answer`);
  return found;
}

/**
 * All figures of the sample as the public reads them: the scores of every unit and the late-officer list of each, for the
 * month and each of its weeks; answer by path.
 */
export async function allFigures(access: SystemAccess): Promise<Readonly<Record<string, string>>> {
  const paths = [MONTH, ...WEEKS].flatMap((period) => [
    `/v1/scores?parent=${PROVINCE}&period=${period}`,
    ...[PROVINCE, ...UNITS].map((unit) => `/v1/units/${unit}/late-officers/${period}`),
  ]);
  const answers: Record<string, string> = {};
  for (const path of paths) answers[path] = await readText(access, path);
  return answers;
}
