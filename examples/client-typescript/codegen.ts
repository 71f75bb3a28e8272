import type { CodegenConfig } from '@graphql-codegen/cli';

const { TRIBUTARY_URL, TRIBUTARY_API_KEY } = process.env;
const headers = TRIBUTARY_API_KEY === undefined ? {} : { Authorization: `Bearer ${TRIBUTARY_API_KEY}` };

/** How each scalar of the schema looks in JSON, which is what a client sends and gets. A scalar missing here is an error. */
const SCALARS = {
  CurrencyCode: 'string',
  Date: 'string',
  DateTime: 'string',
  Duration: 'string',
  JSON: 'unknown',
  JSONObject: 'Record<string, unknown>',
  SafeInt: 'number',
  TimeZone: 'string',
  URL: 'string',
  _Any: 'unknown',
  federation__FieldSet: 'string',
};

const config: CodegenConfig = {
  // A running server tells its schema to whoever may ask it; without one, the files of this repository are read.
  schema: TRIBUTARY_URL === undefined ? '../../schema/*.graphql' : [{ [TRIBUTARY_URL]: { headers } }],
  documents: ['*.ts', '!codegen.ts'],
  generates: {
    '__generated__/': {
      preset: 'client',
      presetConfig: {
        // Its usual name, `useFragment`, reads like a hook of React.
        fragmentMasking: { unmaskFunctionName: 'readFragment' },
      },
      config: {
        scalars: SCALARS,
        strictScalars: true,
        immutableTypes: true,
        useTypeImports: true,
        // Node runs these files as they are, and so wants whole file names.
        importExtension: '.ts',
      },
    },
  },
};

export default config;
