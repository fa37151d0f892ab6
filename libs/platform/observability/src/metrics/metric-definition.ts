/** The values that a label may have; an empty list stands for a small set that is known only at run time (a topic). */
export type LabelSets = Readonly<Record<string, readonly string[]>>;

interface Described {
  /** `<area>_<what>_<unit>[_total]` in base units. */
  readonly name: string;
  readonly help: string;
  readonly labels: LabelSets;
}

export type MetricDefinition =
  | (Described & { readonly kind: 'counter' })
  | (Described & { readonly kind: 'gauge' })
  | (Described & { readonly kind: 'histogram'; readonly buckets: readonly number[] });

export type MetricTree = Readonly<Record<string, MetricDefinition>>;

/** One value for each label of a definition, out of its set. */
export type LabelValues<Labels extends LabelSets> = {
  readonly [Label in keyof Labels]: Labels[Label] extends readonly [] ? string : Labels[Label][number];
};

/**
 * Labels whose values are known at run time alone, and what bounds them: topics and groups of the manifest, relays, routes
 * and statuses of HTTP, refusal codes, commands of the database driver, units of the catalog, sources that hold a token,
 * groups of the index's definition, probes of health.
 */
const RUN_TIME_LABELS = ['topic', 'group', 'relay', 'route', 'status', 'code', 'command', 'unit', 'source', 'index_group', 'probe'];
const UNITS = ['seconds', 'bytes', 'records', 'ratio', 'timestamp_seconds', 'info'];
const NAME = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/;

/**
 * Defines the metrics of one library or service in one place. Throws when a name does not start with the area, a counter
 * does not end in `_total`, a histogram has no base unit, there is no help, or nothing bounds the values of a label.
 */
export function defineMetrics<const Tree extends MetricTree>(area: string, tree: Tree): Tree {
  for (const definition of Object.values(tree)) {
    const problem = problemOf(area, definition);
    if (problem !== undefined) throw new Error(`metric ${definition.name} ${problem}`);
  }
  return tree;
}

/** Every combination of values, for definitions whose labels are all closed sets; none if one is open. */
export function closedCombinations(labels: LabelSets, given: Readonly<Record<string, string>> = {}): Record<string, string>[] {
  return Object.entries(labels).reduce<Record<string, string>[]>(
    (combinations, [label, values]) => {
      const fixed = given[label];
      const choices = fixed === undefined ? values : [fixed];
      return combinations.flatMap((combination) => choices.map((value) => ({ ...combination, [label]: value })));
    },
    [{}],
  );
}

function problemOf(area: string, { kind, name, help, labels }: MetricDefinition): string | undefined {
  if (!NAME.test(name)) return 'is not snake_case';
  if (!name.startsWith(`${area}_`)) return `does not start with ${area}_`;
  if ((kind === 'counter') !== name.endsWith('_total')) return 'must end in _total exactly if it is a counter';
  if (kind === 'histogram' && !UNITS.some((unit) => name.endsWith(`_${unit}`))) return 'does not end in a base unit';
  if (/_(?:ms|millis|milliseconds|minutes|kb|mb|percent)(?:_|$)/.test(name)) return 'is not in a base unit';
  if (help.trim() === '') return 'has no help';
  const id = Object.keys(labels).find((label) => label === 'id' || label.endsWith('_id'));
  if (id !== undefined) return `has the label ${id}, and ids are no labels`;
  const unbounded = Object.keys(labels).find((label) => labels[label]?.length === 0 && !RUN_TIME_LABELS.includes(label));
  return unbounded === undefined ? undefined : `has the label ${unbounded}, and nothing bounds its values`;
}
