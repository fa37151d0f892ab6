import fs from 'node:fs';
import path from 'node:path';
import { jsonSchemaOf, type JsonSchema } from './json-schema';
import { factsOf, type PublishedFact, type PublishedTopic } from './published-topic';

/** A contract as it was when it was released: what producers wrote and readers accepted from then on. */
export interface ReleasedContract {
  /** Number of the release, from 1. */
  readonly release: number;
  readonly type: string;
  readonly schema: JsonSchema;
  readonly example: unknown;
}

const EXAMPLE = '.example.json';
const SCHEMA = '.schema.json';

/** The golden example of a fact: the file `<name>.v<N>.example.json` anywhere below `src/`. Throws if there is not one. */
export function exampleFileOf(libraryFolder: string, { type }: PublishedFact): string {
  const name = type.slice(type.indexOf('.') + 1) + EXAMPLE;
  const found = filesBelow(path.join(libraryFolder, 'src')).filter((file) => path.basename(file) === name);
  const [file] = found;
  if (file === undefined || found.length > 1) throw new Error(`${found.length} files ${name} below ${libraryFolder}/src`);
  return file;
}

/** The committed JSON Schema of a fact, beside its example. */
export function schemaFileOf(libraryFolder: string, fact: PublishedFact): string {
  return exampleFileOf(libraryFolder, fact).slice(0, -EXAMPLE.length) + SCHEMA;
}

export function readJson(file: string): unknown {
  return JSON.parse(fs.readFileSync(file, 'utf8')) as unknown;
}

/** Writes the JSON Schema of every fact beside its example; returns the files that changed. */
export function writeSchemas(libraryFolder: string, topics: readonly PublishedTopic[]): readonly string[] {
  return factsOf(topics).flatMap((fact) => {
    const file = schemaFileOf(libraryFolder, fact);
    return writeIfChanged(file, jsonSchemaOf(fact)) ? [file] : [];
  });
}

/**
 * Puts today's schema and example of each fact that is new or changed into `released/<next number>/`, where they stay
 * for ever. Returns the number, or undefined if nothing changed since the last release.
 */
export function writeRelease(libraryFolder: string, topics: readonly PublishedTopic[]): number | undefined {
  const before = readReleases(libraryFolder);
  const release = Math.max(0, ...before.map((contract) => contract.release)) + 1;
  const changed = factsOf(topics).filter((fact) => {
    const last = before.filter(({ type }) => type === fact.type).at(-1);
    return JSON.stringify(last?.schema) !== JSON.stringify(jsonSchemaOf(fact));
  });
  if (changed.length === 0) return undefined;
  const folder = path.join(libraryFolder, 'released', String(release));
  fs.mkdirSync(folder, { recursive: true });
  for (const fact of changed) {
    writeIfChanged(path.join(folder, fact.type + SCHEMA), jsonSchemaOf(fact));
    fs.copyFileSync(exampleFileOf(libraryFolder, fact), path.join(folder, fact.type + EXAMPLE));
  }
  return release;
}

/** Everything that was released, oldest first. */
export function readReleases(libraryFolder: string): readonly ReleasedContract[] {
  const folder = path.join(libraryFolder, 'released');
  const releases = fs.existsSync(folder) ? fs.readdirSync(folder).map(Number).sort((a, b) => a - b) : [];
  return releases.flatMap((release) =>
    filesBelow(path.join(folder, String(release)))
      .filter((file) => file.endsWith(SCHEMA))
      .map((file) => ({
        release,
        type: path.basename(file).slice(0, -SCHEMA.length),
        schema: readJson(file) as JsonSchema,
        example: readJson(file.slice(0, -SCHEMA.length) + EXAMPLE),
      })),
  );
}

function writeIfChanged(file: string, content: JsonSchema): boolean {
  const text = `${JSON.stringify(content, null, 2)}\n`;
  if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === text) return false;
  fs.writeFileSync(file, text);
  return true;
}

function filesBelow(folder: string): readonly string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .sort();
}
