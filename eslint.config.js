import graphql from '@graphql-eslint/eslint-plugin';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { createImportZones } from './scripts/import-zones.ts';
import { createLintSchema } from './scripts/lint-schema.ts';

const ROOT = import.meta.dirname;
const SOURCE = 'src/**/*.ts';
const OPERATIONS = 'examples/operations/*.graphql';
const LINT_SCHEMA = createLintSchema(ROOT);

/** Rules of ESLint itself that find what the compiler lets through. */
const CORE_RULES = [
  'array-callback-return',
  'eqeqeq',
  'no-async-promise-executor',
  'no-case-declarations',
  'no-cond-assign',
  'no-constant-binary-expression',
  'no-control-regex',
  'no-debugger',
  'no-dupe-else-if',
  'no-duplicate-case',
  'no-empty',
  'no-empty-character-class',
  'no-irregular-whitespace',
  'no-loss-of-precision',
  'no-misleading-character-class',
  'no-self-assign',
  'no-self-compare',
  'no-sparse-arrays',
  'no-unsafe-finally',
  'no-unsafe-optional-chaining',
  'no-useless-assignment',
  'no-useless-catch',
  'no-useless-escape',
  'preserve-caught-error',
  'require-yield',
  'use-isnan',
];
const TYPED = ['src/**/*.ts', 'test/**/*.ts', 'scripts/**/*.ts', 'bench/**/*.ts', 'examples/**/*.ts', '*.ts'];

/** Types without an id of ours: values, which nobody can ask for again but together with what they belong to. */
const VALUES = {
  suffixes: [
    ...['Connection', 'Edge', 'PageInfo', 'Payload', 'Error'],
    // What a report is, and is made of.
    ...['Report', 'Row', 'Cell', 'Series', 'Point', 'Step', 'Group', 'Reason', 'Table', 'Column'],
    // What a data source says it can be asked.
    ...['Limits', 'Capability', 'Catalog', 'Metric', 'Dimension', 'Filter'],
  ],
  types: [
    ...['Period', 'DateRange', 'DimensionValue', 'Freshness', 'Problem'],
    // What a data source, a task or a user has, and is asked for through them.
    ...['Allowance', 'DataSourceHealth', 'Dataset', 'ExportFile', 'UserProfile'],
    // Members and events are rows of the provider's, whose own ids need not be there, or be unique.
    ...['CohortMember', 'Event'],
  ],
};

const TIME = 'The time of day comes from the clock that is handed in, so that tests own it.';
const ENVIRONMENT = 'src/config reads the environment, which src/main.ts hands to it: take a setting instead.';
const NETWORK = 'Requests to providers go through src/http, which keeps quotas, deadlines and secrets.';

const timeOfDay = [
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: TIME },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: TIME },
  { selector: "MemberExpression[object.name='Temporal'][property.name='Now']", message: TIME },
];
const environment = [
  { selector: "MemberExpression[object.name='process'][property.name='env']", message: ENVIRONMENT },
];
const tooManyParameters = (most, advice) => [
  { selector: `:function[params.length>${most}]`, message: `More than ${most} parameters: ${advice}` },
];
const timers = ['setTimeout', 'setInterval'].map((name) => ({ name, message: TIME }));
const network = ['fetch', 'WebSocket', 'EventSource'].map((name) => ({ name, message: NETWORK }));
const otherDoors = [
  ...['timers', 'node:timers', 'timers/promises', 'node:timers/promises'].map((name) => ({ name, message: TIME })),
  ...['process', 'node:process'].map((name) => ({ name, message: ENVIRONMENT })),
];
const graphqlErrors = {
  name: 'graphql',
  importNames: ['GraphQLError'],
  message: 'Throw an error of src/errors.ts: it is translated once, in src/graphql.',
};

export default defineConfig(
  globalIgnores(['coverage', 'data', '**/*.generated.ts', '**/__generated__', 'schema.snapshot.graphql']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.js', '**/*.mjs'],
    extends: [tseslint.configs.recommended],
    rules: {
      ...Object.fromEntries(CORE_RULES.map((rule) => [rule, 'error'])),
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: TYPED,
    // It has packages of its own, which need not be there.
    ignores: ['examples/supergraph/**'],
    extends: [tseslint.configs.recommendedTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: ROOT } },
    rules: {
      'import-x/no-default-export': 'error',
      // An async function that fulfils an interface turns what it throws into a rejection, awaiting or not.
      '@typescript-eslint/require-await': 'off',
      // What the house makes are closures, `checkAccess: client.ping`: there is no `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: [SOURCE, 'scripts/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      // "modified": a switch over the members of a union counts once, however many members there are.
      complexity: ['error', { max: 12, variant: 'modified' }],
    },
  },
  {
    files: [SOURCE],
    settings: { 'import-x/resolver-next': [createNodeResolver()] },
    rules: {
      'import-x/no-restricted-paths': ['error', { basePath: ROOT, zones: createImportZones(ROOT) }],
      'no-console': 'error',
      'no-restricted-globals': ['error', ...timers, ...network],
      'no-restricted-imports': ['error', { paths: [...otherDoors, graphqlErrors] }],
      'no-restricted-syntax': [
        'error',
        ...timeOfDay,
        ...environment,
        ...tooManyParameters(3, 'hand in one object, whose fields name the values where the function is called.'),
      ],
    },
  },
  {
    files: ['src/graphql/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { paths: otherDoors }],
      'no-restricted-syntax': [
        'error',
        ...timeOfDay,
        ...environment,
        ...tooManyParameters(4, 'a resolver has four (parent, arguments, context, info), nothing has more.'),
      ],
    },
  },
  {
    // An emulator plays a foreign program: it is written as its document goes, endpoint by endpoint.
    files: ['src/sandbox/**/*.ts'],
    rules: {
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': [
        'error',
        ...timeOfDay,
        ...environment,
        ...tooManyParameters(4, 'hand in one object, whose fields name the values where the function is called.'),
      ],
    },
  },
  {
    files: ['src/config/**/*.ts', 'src/main.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...timeOfDay],
      'no-restricted-imports': 'off',
    },
  },
  {
    files: ['src/system-clock.ts'],
    rules: { 'no-restricted-syntax': 'off', 'no-restricted-globals': 'off', 'no-restricted-imports': 'off' },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      // Answers of a server under test are JSON of no type: the assertion is what checks them.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
    },
  },
  {
    files: ['src/providers/*/index.ts', 'src/sandbox/*/index.ts', '*.config.{js,ts}', '**/codegen.ts'],
    rules: { 'import-x/no-default-export': 'off' },
  },
  {
    files: ['schema/*.graphql'],
    plugins: { '@graphql-eslint': graphql },
    languageOptions: { parser: graphql.parser, parserOptions: { schemaSdl: LINT_SCHEMA } },
    rules: {
      ...graphql.configs['flat/schema-recommended'].rules,
      ...graphql.configs['flat/schema-relay'].rules,
      '@graphql-eslint/strict-id-in-types': ['error', { exceptions: VALUES }],
      // Rows of a report are a plain list: only what is read page by page is a connection. Its nodes may be values, too.
      '@graphql-eslint/relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false }],
      // Pages are read forwards only: what streams in from a provider has no end to start from.
      '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
      '@graphql-eslint/require-description': [
        'error',
        {
          types: true,
          rootField: true,
          DirectiveDefinition: true,
          FieldDefinition: true,
          InputValueDefinition: true,
          EnumValueDefinition: true,
        },
      ],
      '@graphql-eslint/require-nullable-fields-with-oneof': 'error',
      '@graphql-eslint/require-deprecation-date': 'error',
      // `createExport(input: CreateExportInput!)`: fields begin with a small letter, types with a capital one.
      '@graphql-eslint/input-name': ['error', { checkInputType: true, caseSensitiveInputType: false }],
      '@graphql-eslint/no-scalar-result-type-on-mutation': 'error',
    },
  },
  {
    files: [OPERATIONS],
    plugins: { '@graphql-eslint': graphql },
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: LINT_SCHEMA, documents: `${ROOT}/${OPERATIONS}` } },
    },
    rules: graphql.configs['flat/operations-recommended'].rules,
  },
);
