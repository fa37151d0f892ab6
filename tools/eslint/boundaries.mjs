/**
 * What may depend on what, by the tags of the projects (architecture: kernel ← pure libs, contracts ← platform ← apps).
 * A project has exactly one `type:` and one `scope:` tag (tools/checks/project-tags.unit.spec.ts).
 * Testing libraries may be a dependency of every project; that only specs import them is held in import-zones.mjs.
 */
const TESTING = 'type:testing';
/** What every service must hold: they stand on the platform and are joined by the specs of applications alone. */
const SUITES = 'type:suites';

/** npm packages that a project without any framework may name: the property-test library, in its specs. */
const SPEC_PACKAGES = ['fast-check'];

const BY_TYPE = [
  { sourceTag: 'type:kernel', onlyDependOnLibsWithTags: [], allowedExternalImports: SPEC_PACKAGES },
  {
    sourceTag: 'type:pure',
    onlyDependOnLibsWithTags: ['type:kernel', 'type:pure', TESTING],
    allowedExternalImports: SPEC_PACKAGES,
  },
  {
    sourceTag: 'type:contracts',
    onlyDependOnLibsWithTags: ['type:kernel', 'type:contracts', TESTING],
    allowedExternalImports: [...SPEC_PACKAGES, 'zod', 'ajv', 'ajv/*', 'ajv-formats', 'cloudevents'],
  },
  {
    sourceTag: 'type:sample',
    onlyDependOnLibsWithTags: ['type:kernel', 'type:pure', TESTING],
    allowedExternalImports: [...SPEC_PACKAGES, 'csv-parse', 'csv-parse/*'],
  },
  { sourceTag: 'type:platform', onlyDependOnLibsWithTags: ['type:kernel', 'type:contracts', 'type:platform', TESTING] },
  { sourceTag: 'type:testing', onlyDependOnLibsWithTags: ['type:kernel', 'type:pure'] },
  { sourceTag: SUITES, onlyDependOnLibsWithTags: ['type:kernel', 'type:pure', 'type:contracts', 'type:platform', TESTING] },
  {
    sourceTag: 'type:app',
    onlyDependOnLibsWithTags: ['type:kernel', 'type:pure', 'type:contracts', 'type:platform', TESTING, SUITES],
  },
  {
    sourceTag: 'type:tool',
    onlyDependOnLibsWithTags: ['type:kernel', 'type:pure', 'type:contracts', 'type:platform', 'type:sample', TESTING, SUITES],
  },
  {
    sourceTag: 'type:e2e',
    onlyDependOnLibsWithTags: ['type:kernel', 'type:pure', 'type:contracts', 'type:platform', 'type:sample', TESTING, SUITES],
  },
];

/** A service reads another one's published contracts and nothing else of it. Suites make records of any contract. */
const serviceScope = (scope) => ({
  sourceTag: `scope:${scope}`,
  onlyDependOnLibsWithTags: ['scope:shared', `scope:${scope}`, 'type:contracts', SUITES],
});

const BY_SCOPE = [
  { sourceTag: 'scope:shared', onlyDependOnLibsWithTags: ['scope:shared'] },
  ...['catalog', 'dossiers', 'payments', 'digitization', 'feedback', 'aggregator', 'ops', 'system', 'suites'].map(serviceScope),
  { sourceTag: 'type:contracts', onlyDependOnLibsWithTags: ['scope:shared'] },
  { sourceTag: 'scope:workspace', onlyDependOnLibsWithTags: [] },
];

export const moduleBoundaries = {
  enforceBuildableLibDependency: false,
  banTransitiveDependencies: true,
  allowCircularSelfDependency: false,
  checkNestedExternalImports: true,
  allow: [],
  depConstraints: [...BY_TYPE, ...BY_SCOPE],
};
