import type { ServiceProcess } from './service-process';

/** The value of one series on a member's /metrics: `relay_leased_slots{relay="dossiers"}`; NaN when it is not there. */
export async function metricOf({ url }: Pick<ServiceProcess, 'url'>, series: string): Promise<number> {
  const response = await fetch(`${url}/metrics`);
  const line = (await response.text()).split('\n').find((each) => each.startsWith(`${series} `));
  return Number(line?.slice(series.length + 1) ?? Number.NaN);
}

/** Over all members. */
export async function metricSum(members: readonly Pick<ServiceProcess, 'url'>[], series: string): Promise<number> {
  const values = await Promise.all(members.map((member) => metricOf(member, series)));
  return values.reduce((sum, value) => sum + value, 0);
}
