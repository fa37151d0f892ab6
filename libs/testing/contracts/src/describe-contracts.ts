import { exampleFileOf, readJson, readReleases, schemaFileOf } from './contract-files';
import { accepts, jsonSchemaOf } from './json-schema';
import { factsOf, type PublishedFact, type PublishedTopic } from './published-topic';
import { forbiddenChanges } from './schema-changes';

/**
 * The checks that every contract library joins with one line: `describeContracts(path.join(__dirname, '..'), [unitTopic])`.
 * Examples, committed JSON Schemas, and what may change once a contract is released.
 */
export function describeContracts(libraryFolder: string, topics: readonly PublishedTopic[]): void {
  const facts = factsOf(topics);

  describe.each(facts.map((fact) => [fact.type, fact] as const))('contract %s', (_type, fact) => {
    const example = readJson(exampleFileOf(libraryFolder, fact));

    test('its golden example is whole: the schema accepts it and drops nothing', () => {
      expect(fact.schema.parse(example)).toEqual(example);
    });

    test('its committed JSON Schema is the one of the code (node tools/contracts.mjs write)', () => {
      expect(readJson(schemaFileOf(libraryFolder, fact))).toEqual(jsonSchemaOf(fact));
    });

    test('its JSON Schema accepts the example too', () => {
      expect(accepts(jsonSchemaOf(fact), example)).toBe(true);
    });

    test('drops what it does not know instead of refusing it', () => {
      expect(fact.schema.parse({ ...(example as object), addedLater: { a: 1 } })).toEqual(example);
    });

    test('refuses the example without a required field, and what is no object', () => {
      const accepted = [...brokenExamples(fact, example), null, 'text', 7, []].filter(
        (broken) => fact.schema.safeParse(broken).success,
      );
      expect(accepted).toEqual([]);
    });
  });

  const releases = readReleases(libraryFolder).map((released) => {
    const name = `release ${released.release} of ${released.type}`;
    return [name, released, facts.find(({ type }) => type === released.type)] as const;
  });
  if (releases.length === 0) return;

  describe.each(releases)('%s', (_name, released, today) => {
    test('is still read', () => {
      expect(today?.schema.safeParse(released.example).success).toBe(true);
    });

    test('would have read what is written today', () => {
      expect(today && accepts(released.schema, readJson(exampleFileOf(libraryFolder, today)))).toBe(true);
    });

    test('differs from today by new optional fields alone', () => {
      expect(today ? forbiddenChanges(released.schema, jsonSchemaOf(today)) : ['the fact was removed']).toEqual([]);
    });
  });
}

/** The example without each of its required fields, one at a time. */
function brokenExamples(fact: PublishedFact, example: unknown): readonly unknown[] {
  const { required } = jsonSchemaOf(fact);
  const fields = Array.isArray(required) ? required.filter((field): field is string => typeof field === 'string') : [];
  return fields.map((field) =>
    Object.fromEntries(Object.entries(example as object).filter(([name]) => name !== field)),
  );
}
