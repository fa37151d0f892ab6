import type { EndedSpan } from './exported-span';

/** The body of a request to `/v1/traces`: OTLP's JSON form, where ids are hexadecimal and 64-bit numbers are text. */
export function toOtlp(service: string, spans: readonly EndedSpan[]): object {
  return {
    resourceSpans: [{
      resource: { attributes: [attribute('service.name', service), attribute('service.namespace', 'index766')] },
      scopeSpans: [{ scope: { name: 'index766' }, spans: spans.map(toOtlpSpan) }],
    }],
  };
}

function toOtlpSpan({ context, parentSpanId, name, kind, startedAt, endedAt, attributes, links, status }: EndedSpan): object {
  return {
    traceId: context.traceId,
    spanId: context.spanId,
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    name,
    kind: kind + 1, // OTLP counts from "unspecified", the API from "internal"
    startTimeUnixNano: nanoseconds(startedAt),
    endTimeUnixNano: nanoseconds(endedAt),
    attributes: Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [attribute(key, value)])),
    links: links.map(({ traceId, spanId }) => ({ traceId, spanId })),
    status: { code: status.code },
  };
}

function attribute(key: string, value: unknown): object {
  return { key, value: valueOf(value) };
}

function valueOf(value: unknown): object {
  switch (typeof value) {
    case 'string':
      return { stringValue: value };
    case 'boolean':
      return { boolValue: value };
    case 'number':
      return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
    default:
      return { arrayValue: { values: Array.isArray(value) ? value.map(valueOf) : [] } };
  }
}

/** Of microseconds: a double holds no more of an instant of our time. */
function nanoseconds(milliseconds: number): string {
  return `${Math.round(milliseconds * 1_000)}000`;
}
