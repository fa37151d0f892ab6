import type { MetricSeries } from './metric-sums';

/** As the alert SourceSilent has it: 11:00 to 17:00 in Vietnam (UTC+7), Monday to Friday, four hours. */
const SILENT_MS = 4 * 3_600_000;
const FROM_HOUR = 4;
const TO_HOUR = 10;
/** Whoever has not pushed for so long is no source any more. */
const FORGOTTEN_MS = 7 * 24 * 3_600_000;
/** Fewer say nothing about one of twenty. */
const ENOUGH = 100;
const MOST = 0.95;
/** As the alert DatabaseSlow has them. */
const COMMANDS: ReadonlySet<string> = new Set(['find', 'insert', 'update', 'delete', 'findAndModify', 'aggregate']);

/** Sources that should have sent something by now. */
export function sourcesSilent(pushes: readonly MetricSeries[], at: number): readonly { readonly source: string; readonly hours: number }[] {
  const now = new Date(at);
  const isWorkday = now.getUTCDay() > 0 && now.getUTCDay() < 6;
  if (!isWorkday || now.getUTCHours() < FROM_HOUR || now.getUTCHours() >= TO_HOUR) return [];
  return pushes.flatMap(({ labels: { source = '' }, value }) => {
    const silent = at - value * 1_000;
    return silent > SILENT_MS && silent < FORGOTTEN_MS ? [{ source, hours: Math.floor(silent / 3_600_000) }] : [];
  });
}

/** The bucket that 95 of 100 requests since the start of the service are within; undefined: too few to say. */
export function answerSeconds(series: readonly MetricSeries[]): number | undefined {
  return mostAreWithin(series.filter(({ name }) => name === 'http_request_duration_seconds_bucket'));
}

/** The same of commands to its database; those that wait for something new are slow by design and do not count. */
export function commandSeconds(series: readonly MetricSeries[]): number | undefined {
  return mostAreWithin(series.filter(({ name, labels }) => name === 'mongo_command_duration_seconds_bucket' && COMMANDS.has(labels['command'] ?? '')));
}

function mostAreWithin(buckets: readonly MetricSeries[]): number | undefined {
  const within = new Map<number, number>();
  for (const { labels, value } of buckets) {
    const limit = labels['le'] === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels['le']);
    within.set(limit, (within.get(limit) ?? 0) + value);
  }
  const all = within.get(Number.POSITIVE_INFINITY) ?? 0;
  if (all < ENOUGH) return undefined;
  return [...within].sort(([one], [other]) => one - other).find(([, count]) => count >= MOST * all)?.[0];
}
