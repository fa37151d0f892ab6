/** A schema as it stands in an OpenAPI document. */
export interface ApiSchema {
  readonly $ref?: string;
  readonly allOf?: readonly ApiSchema[];
  readonly oneOf?: readonly ApiSchema[];
  readonly type?: string;
  readonly example?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly minItems?: number;
  readonly items?: ApiSchema;
  readonly properties?: Readonly<Record<string, ApiSchema>>;
  readonly required?: readonly string[];
}

export type ApiSchemas = Readonly<Record<string, ApiSchema>>;

/** A value that the schema allows: the examples that it states, the least of everything else. */
export function exampleOf(schema: ApiSchema, schemas: ApiSchemas): unknown {
  const stated = schema.example ?? schema.enum?.[0];
  if (stated !== undefined) return stated;
  const meant = schema.$ref === undefined ? schema.allOf?.[0] ?? schema.oneOf?.[0] : schemas[schema.$ref.split('/').at(-1) ?? ''];
  if (meant !== undefined) return exampleOf(meant, schemas);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries((schema.required ?? []).map((name) => [name, exampleOf(schema.properties?.[name] ?? {}, schemas)]));
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => exampleOf(schema.items ?? {}, schemas));
    case 'boolean':
      return false;
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    default:
      return 'A1';
  }
}
