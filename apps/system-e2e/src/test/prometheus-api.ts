/** One series of an answer with its value now. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface AlertRule {
  readonly name: string;
  readonly query: string;
  readonly health: 'ok' | 'err' | 'unknown';
}

interface Vector {
  readonly resultType: 'vector';
  readonly result: readonly { readonly metric: Readonly<Record<string, string>>; readonly value: readonly [number, string] }[];
}

/** What a dashboard asks of Prometheus, over its HTTP API. */
export class PrometheusApi {
  constructor(private readonly url: string) {}

  async query(expression: string): Promise<readonly Series[]> {
    const { result } = await this.get<Vector>('query', { query: expression });
    return result.map(({ metric, value: [, value] }) => ({ labels: metric, value: Number(value) }));
  }

  /** Values of a label on the series that a selector names. */
  labelValues(selector: string, label: string): Promise<readonly string[]> {
    return this.get(`label/${label}/values`, { 'match[]': selector });
  }

  /** Names of all series, and of metrics that are declared and have none yet. */
  async metricNames(): Promise<readonly string[]> {
    const declared = await this.get<Readonly<Record<string, unknown>>>('metadata', {});
    return [...await this.labelValues('{__name__=~".+"}', '__name__'), ...Object.keys(declared)];
  }

  async alertRules(): Promise<readonly AlertRule[]> {
    const { groups } = await this.get<{ readonly groups: readonly { readonly rules: readonly AlertRule[] }[] }>('rules', { type: 'alert' });
    return groups.flatMap(({ rules }) => rules);
  }

  private async get<Answer>(path: string, parameters: Readonly<Record<string, string>>): Promise<Answer> {
    const response = await fetch(`${this.url}/api/v1/${path}?${new URLSearchParams(parameters).toString()}`);
    const answer = (await response.json()) as { readonly status: string; readonly data: Answer; readonly error?: string };
    if (answer.status !== 'success') throw new Error(`${path} ${JSON.stringify(parameters)}: ${answer.error ?? 'no success'}`);
    return answer.data;
  }
}
