// Where each workspace package's source is, so that tests run on sources and need no build.
const fs = require('node:fs');
const path = require('node:path');

const FOLDERS = ['libs', 'libs/contracts', 'libs/platform', 'libs/testing', 'apps'];

function packageFolders() {
  return FOLDERS.flatMap((parent) =>
    fs.readdirSync(path.join(__dirname, parent)).map((name) => path.join(parent, name)),
  ).filter((folder) => fs.existsSync(path.join(__dirname, folder, 'package.json')));
}

const moduleNameMapper = Object.fromEntries(
  packageFolders().map((folder) => {
    const { name } = JSON.parse(fs.readFileSync(path.join(__dirname, folder, 'package.json'), 'utf8'));
    return [`^${name}$`, `<rootDir>/${folder}/src/index.ts`];
  }),
);

const INTEGRATION = '<rootDir>/libs/testing/integration/src';
const SYSTEM = '<rootDir>/apps/system-e2e/src/test';

/**
 * What a kind of spec needs around it: unit specs nothing, the others one broker and one database for the whole run;
 * system specs besides one system of the built services with the sample in it.
 */
const SURROUNDINGS = {
  unit: {},
  int: {
    globalSetup: `${INTEGRATION}/global-setup.ts`,
    globalTeardown: `${INTEGRATION}/global-teardown.ts`,
    testTimeout: 180_000,
    maxWorkers: 2,
  },
  e2e: {
    globalSetup: `${SYSTEM}/global-setup.ts`,
    globalTeardown: `${SYSTEM}/global-teardown.ts`,
    testTimeout: 180_000,
    // One spec runs a dozen services and more: side by side they would only wait for each other.
    maxWorkers: 1,
  },
};

/** @returns {import('jest').Config} */
exports.configFor = (kind) => ({
  displayName: kind,
  ...SURROUNDINGS[kind],
  rootDir: __dirname,
  roots: ['<rootDir>/libs', '<rootDir>/apps', '<rootDir>/infra', '<rootDir>/tools'].filter((root) =>
    fs.existsSync(root.replace('<rootDir>', __dirname)),
  ),
  testMatch: [`**/*.${kind}.spec.ts`],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/'],
  testEnvironment: 'node',
  moduleNameMapper,
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
});
