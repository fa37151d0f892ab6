import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import {
  closedCombinations, type LabelSets, type LabelValues, type MetricDefinition, type MetricTree,
} from './metric-definition';

export interface CounterHandle<Labels extends LabelSets> {
  add(labels: LabelValues<Labels>, amount?: number): void;
  /** Makes the series of these label values exist at 0, so that its first increase can be seen; the rest is combined. */
  zero(labels: Partial<LabelValues<Labels>>): void;
}

export interface GaugeHandle<Labels extends LabelSets> {
  set(labels: LabelValues<Labels>, value: number): void;
  add(labels: LabelValues<Labels>, amount: number): void;
  /** Takes one series away: a partition that this member owns no more. */
  remove(labels: LabelValues<Labels>): void;
  /** Reads the value when it is scraped, which waits for it. */
  onScrape(read: (gauge: Pick<GaugeHandle<Labels>, 'set'>) => void | Promise<void>): void;
}

export interface HistogramHandle<Labels extends LabelSets> {
  observe(labels: LabelValues<Labels>, value: number): void;
}

export type MetricHandle<Definition extends MetricDefinition> = Definition extends { readonly kind: 'counter' }
  ? CounterHandle<Definition['labels']>
  : Definition extends { readonly kind: 'gauge' }
    ? GaugeHandle<Definition['labels']>
    : HistogramHandle<Definition['labels']>;

export type MetricHandles<Tree extends MetricTree> = { readonly [Key in keyof Tree]: MetricHandle<Tree[Key]> };

/** Gauges of prom-client whose names say that they are counters: readers of metrics would take rates of them. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

/** The one registry of an application, behind handles that know their labels. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly handles = new Map<MetricTree, unknown>();

  /** Handles for a tree of `defineMetrics`; the same ones when the same tree is asked for again. */
  of<Tree extends MetricTree>(tree: Tree): MetricHandles<Tree> {
    const known = this.handles.get(tree);
    if (known) return known as MetricHandles<Tree>;
    const handles = Object.fromEntries(
      Object.entries(tree).map(([key, definition]) => [key, this.register(definition)]),
    ) as MetricHandles<Tree>;
    this.handles.set(tree, handles);
    return handles;
  }

  /** Memory, processor, garbage collection and event loop of the process. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.registry });
    for (const name of MISNAMED) this.registry.removeSingleMetric(name);
  }

  /** All series in the text format of Prometheus. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  private register(definition: MetricDefinition): object {
    const { name, help, labels } = definition;
    const settings = { name, help, labelNames: Object.keys(labels), registers: [this.registry] };
    switch (definition.kind) {
      case 'counter':
        return counterHandle(new Counter(settings), labels);
      case 'gauge':
        return this.gaugeHandle(settings);
      case 'histogram':
        return histogramHandle(new Histogram({ ...settings, buckets: [...definition.buckets] }));
    }
  }

  private gaugeHandle(settings: { name: string; help: string; labelNames: string[] }): GaugeHandle<LabelSets> {
    const readers: (() => void | Promise<void>)[] = [];
    const gauge = new Gauge({
      ...settings,
      registers: [this.registry],
      collect: async () => {
        for (const read of readers) await read();
      },
    });
    const handle: GaugeHandle<LabelSets> = {
      set: (labels, value) => gauge.set(labels, value),
      add: (labels, amount) => gauge.inc(labels, amount),
      remove: (labels) => gauge.remove(labels),
      onScrape: (read) => {
        readers.push(() => read(handle));
      },
    };
    return handle;
  }
}

function counterHandle(counter: Counter, labels: LabelSets): CounterHandle<LabelSets> {
  const zero = (given: Readonly<Record<string, string>>): void => {
    for (const combination of closedCombinations(labels, given)) counter.inc(combination, 0);
  };
  zero({});
  return { add: (values, amount = 1) => counter.inc(values, amount), zero: (given) => zero(given as Record<string, string>) };
}

function histogramHandle(histogram: Histogram): HistogramHandle<LabelSets> {
  return { observe: (values, value) => histogram.observe(values, value) };
}
