/**
 * What a folder may import. ESLint does not merge one rule's options over several blocks, so each zone's list is built
 * here in full from the parts below; of the zones that match a file, the last one counts.
 */
const SPECS = ['**/*.spec.ts', '**/test/**/*.ts'];

/** `../http`, `../../http/x` and the like: the folder `name` of the same app, seen from a folder beside it. */
const sibling = (name) => `^(\\.{1,2}/)+(${name})(/|$)`;

const KAFKAJS = { regex: '^kafkajs(/|$)', message: 'kafkajs belongs to libs/platform/kafka alone.' };
const DATABASE = {
  regex: '^(mongoose|mongodb|@nestjs/mongoose)(/|$)',
  message: 'The database driver belongs to persistence/ and adapters/ folders and to libs/platform/mongo.',
};
const ONLY_SPECS = {
  regex: '^(@index766/testing-|fast-check$|supertest$|@nestjs/testing$)|\\.spec$|^(\\.{1,2}/)+test(/|$)',
  message: 'Only specs and test/ folders use testing code.',
};
const INSIDE_A_PACKAGE = { regex: '^@index766/[^/]+/', message: 'Import a package by its index.' };
const RUNTIME = {
  regex: '^(node:|(assert|buffer|child_process|crypto|events|fs|http|https|net|os|path|process|stream|timers|url|util|worker_threads)(/|$))',
  message: 'Pure code has no I/O, no clock and no randomness: let the caller pass what is needed.',
};
const FRAMEWORK = {
  regex: '^(@nestjs/|rxjs(/|$)|class-validator$|class-transformer$|reflect-metadata$|pino(/|$)|prom-client$|jose(/|$)|@index766/platform-)',
  message: 'Pure code knows no framework and no platform library.',
};
const NEST_BUT_COMMON = { regex: '^@nestjs/(?!common$)', message: 'A use case knows of Nest only @nestjs/common.' };

const notFrom = (folders, message) => ({ regex: sibling(folders), message });
const DOMAIN_STANDS_ALONE = notFrom(
  'application|http|consumers|intake|queries|persistence|publishing|adapters',
  'domain/ is imported by the others, never the other way.',
);
const USE_CASE_STANDS_ABOVE = notFrom(
  'http|consumers|intake|persistence|publishing|adapters',
  'A use case talks to ports; app.module.ts gives it the adapters.',
);
const EDGE_CALLS_USE_CASES = notFrom('persistence', 'http/, consumers/ and intake/ translate to use cases; they do not touch documents.');

const PURE = [RUNTIME, FRAMEWORK];
const EVERYWHERE = [INSIDE_A_PACKAGE, KAFKAJS, DATABASE];

/** The aggregator's stages in the order of the flow: a stage uses earlier ones by their index, later ones never. */
const STAGES = ['reference', 'ledger', 'measures', 'scores', 'lateness', 'explanations', 'integrity', 'editions'];
const stageOrder = (stage) => {
  const at = STAGES.indexOf(stage);
  const rules = [];
  const later = STAGES.slice(at + 1).join('|');
  const earlier = STAGES.slice(0, at).join('|');
  if (later) rules.push(notFrom(later, `${stage} stands before these stages and does not know them.`));
  if (earlier) {
    rules.push({ regex: `^(\\.{1,2}/)+(${earlier})/(?!index$).+`, message: 'Another stage is imported by its index.' });
  }
  return rules;
};

const pureLibraries = ['libs/kernel/**', 'libs/working-time/**', 'libs/intake/**', 'libs/*-life/**', 'libs/index-766/**'];

const ZONES = [
  { files: ['libs/**/*.ts', 'apps/**/*.ts'], patterns: EVERYWHERE },
  { files: pureLibraries.map((folder) => `${folder}/*.ts`), patterns: [...EVERYWHERE, ...PURE], specsPatterns: EVERYWHERE },
  {
    files: ['libs/contracts/*/src/**/*.ts', 'libs/sample/src/**/*.ts'],
    patterns: [...EVERYWHERE, ...PURE],
    specsPatterns: EVERYWHERE,
  },
  { files: ['libs/platform/kafka/**/*.ts'], patterns: [INSIDE_A_PACKAGE, DATABASE] },
  { files: ['libs/platform/mongo/**/*.ts'], patterns: [INSIDE_A_PACKAGE, KAFKAJS] },
  { files: ['libs/testing/integration/**/*.ts'], patterns: [INSIDE_A_PACKAGE], isTestingCode: true },
  { files: ['libs/testing/{unit,suites}/**/*.ts'], patterns: EVERYWHERE, isTestingCode: true },
  { files: ['apps/system-e2e/**/*.ts'], patterns: EVERYWHERE, isTestingCode: true },
  { files: ['apps/*/src/**/{persistence,adapters}/**/*.ts', 'apps/*/src/app.module.ts'], patterns: [INSIDE_A_PACKAGE, KAFKAJS] },
  {
    files: ['apps/*/src/**/domain/**/*.ts'],
    patterns: [...EVERYWHERE, ...PURE, DOMAIN_STANDS_ALONE],
    specsPatterns: [...EVERYWHERE, FRAMEWORK, DOMAIN_STANDS_ALONE],
  },
  {
    files: ['apps/*/src/**/application/**/*.ts'],
    patterns: [...EVERYWHERE, NEST_BUT_COMMON, USE_CASE_STANDS_ABOVE],
    specsPatterns: [...EVERYWHERE, NEST_BUT_COMMON],
  },
  {
    files: ['apps/*/src/**/{http,consumers,intake}/**/*.ts'],
    patterns: [...EVERYWHERE, EDGE_CALLS_USE_CASES],
    specsPatterns: EVERYWHERE,
  },
  ...STAGES.flatMap((stage) => [
    {
      files: [`apps/aggregator/src/${stage}/**/*.ts`],
      patterns: [...EVERYWHERE, NEST_BUT_COMMON, ...stageOrder(stage)],
      specsPatterns: [...EVERYWHERE, ...stageOrder(stage)],
    },
    {
      files: [`apps/aggregator/src/${stage}/http/**/*.ts`],
      patterns: [...EVERYWHERE, ...stageOrder(stage)],
    },
    {
      files: [`apps/aggregator/src/${stage}/adapters/**/*.ts`],
      patterns: [INSIDE_A_PACKAGE, KAFKAJS, ...stageOrder(stage)],
    },
  ]),
];

/** Flat-config blocks: for each zone one for its sources and one for its specs, which alone may use testing code. */
export const importZones = ZONES.flatMap(({ files, patterns, specsPatterns = patterns, isTestingCode = false }) => [
  {
    files,
    ignores: SPECS,
    rules: { 'no-restricted-imports': ['error', { patterns: isTestingCode ? patterns : [...patterns, ONLY_SPECS] }] },
  },
  {
    files: files.flatMap((pattern) => SPECS.map((spec) => pattern.replace(/\*\*\/\*\.ts$|\*\.ts$/, spec))),
    rules: { 'no-restricted-imports': ['error', { patterns: specsPatterns }] },
  },
]);

/** Folders whose code is a function of its arguments: no clock, no randomness, no global of the runtime. */
export const pureSources = {
  files: [
    ...pureLibraries.map((folder) => `${folder}/*.ts`),
    'libs/contracts/*/src/**/*.ts',
    'libs/sample/src/**/*.ts',
    'apps/*/src/**/domain/**/*.ts',
  ],
  ignores: SPECS,
};
