const LINE = /^([a-z_][a-z0-9_]*)(?:\{([^}]*)\})? (\S+)$/gm;
const LABEL = /([a-z_]+)="((?:[^"\\]|\\.)*)"/g;

/** One series of an exposition text. */
export interface MetricSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string | undefined>>;
  readonly value: number;
}

export function seriesOf(exposition: string): readonly MetricSeries[] {
  return [...exposition.matchAll(LINE)].map(([, name = '', labels = '', value]) => ({
    name, labels: Object.fromEntries([...labels.matchAll(LABEL)].map(([, label = '', text]) => [label, text])), value: Number(value),
  }));
}

/** Every series by its name, summed over labels. */
export function sumsOf(series: readonly MetricSeries[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { name, value } of series) sums.set(name, (sums.get(name) ?? 0) + value);
  return sums;
}
