import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import jest from 'eslint-plugin-jest';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { moduleBoundaries } from './tools/eslint/boundaries.mjs';
import { names } from './tools/eslint/file-names.mjs';
import { importZones, pureSources } from './tools/eslint/import-zones.mjs';

const root = import.meta.dirname;
const SPECS = ['**/*.spec.ts', '**/test/**/*.ts'];

const PURE_GLOBALS = [
  'process', 'fetch', 'crypto', 'performance', 'console', 'globalThis', 'require', '__dirname', '__filename',
  'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask',
];

/** Syntax that no source of the project uses; a block that needs more adds to it, since ESLint keeps only the last list. */
const SYNTAX = [
  { selector: 'ExportAllDeclaration', message: 'Export by name: the index of a package is its contract.' },
  { selector: "CallExpression[callee.name='forwardRef']", message: 'A cycle of providers is a cycle of responsibilities: split it.' },
];
const CLOCK = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Pure code reads no clock: take the instant as an argument.' },
  { selector: "CallExpression[callee.name='Date']", message: 'Pure code reads no clock: take the instant as an argument.' },
];
const LOGGED_AND_FORGOTTEN = {
  selector: 'CatchClause > BlockStatement[body.length=1] > ExpressionStatement > CallExpression[callee.property.name=/^(log|debug|info|warn|error)$/]',
  message: 'A consumer ends every record as applied, duplicate, conflict or dead-lettered; logging alone loses it.',
};
const OWN_MODULES_MOCKED = {
  selector: "CallExpression[callee.object.name='jest'][callee.property.name=/^(mock|doMock)$/]",
  message: 'No module mocks: give the code a port and pass a fake.',
};

export default tseslint.config(
  { ignores: ['**/dist/', '**/node_modules/', '**/coverage/', '.index766/', '.nx/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,

  {
    files: ['**/*.{js,cjs,mjs}'],
    languageOptions: { globals: globals.node },
    rules: { 'no-unused-vars': 'error', eqeqeq: 'error', 'prefer-const': 'error', 'no-var': 'error' },
  },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs' } },

  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    plugins: { '@nx': nx, 'import-x': importX },
    settings: {
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js', '.json'] })],
    },
    rules: {
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/prefer-readonly': 'error',
      // A fact without fields of its own is an empty record.
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // Nest types its option objects as classes.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@nx/enforce-module-boundaries': ['error', moduleBoundaries],
      'import-x/no-cycle': 'error',
      'import-x/no-self-import': 'error',
      'no-restricted-syntax': ['error', ...SYNTAX],
    },
  },

  {
    files: ['**/*.{ts,mjs,cjs}'],
    plugins: { names },
    rules: { 'names/purposeful-file-name': 'error' },
  },
  {
    files: ['**/*.{ts,mjs,cjs}'],
    ignores: ['**/*.spec.ts', '**/generated/**'],
    rules: { 'max-lines': ['error', { max: 300 }] },
  },

  ...importZones,
  {
    ...pureSources,
    rules: {
      'no-restricted-globals': ['error', ...PURE_GLOBALS],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Pure code reads no clock: take the instant as an argument.' },
        { object: 'Math', property: 'random', message: 'Pure code has no randomness: take a seeded generator as an argument.' },
      ],
      'no-restricted-syntax': ['error', ...SYNTAX, ...CLOCK],
    },
  },
  {
    files: ['apps/*/src/**/*.ts', 'libs/platform/**/*.ts'],
    ignores: ['**/*.config.ts', '**/domain/**', 'libs/platform/config/**', ...SPECS],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only <service>.config.ts reads the environment.' },
      ],
    },
  },
  {
    files: ['apps/*/src/**/consumers/**/*.ts'],
    ignores: SPECS,
    rules: { 'no-restricted-syntax': ['error', ...SYNTAX, LOGGED_AND_FORGOTTEN] },
  },

  {
    files: SPECS,
    extends: [jest.configs['flat/recommended']],
    rules: {
      'jest/no-focused-tests': 'error',
      'jest/no-disabled-tests': 'error',
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', '**.expect', 'fc.assert', 'then*', '**.then', '**.then*'] }],
      'no-restricted-syntax': ['error', ...SYNTAX, OWN_MODULES_MOCKED],
      // expect.objectContaining() and its kind are typed `any`; every other rule about `any` stays on in specs.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      // expect(port.method) only names the method.
      '@typescript-eslint/unbound-method': 'off',
      'jest/unbound-method': 'error',
    },
  },
);
