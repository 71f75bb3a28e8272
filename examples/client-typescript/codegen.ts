import type { CodegenConfig } from '@graphql-codegen/cli';

const { TRIBUTARY_URL, TRIBUTARY_API_KEY } = process.env;
const headers: Record<string, string> =
  TRIBUTARY_API_KEY === undefined ? {} : { Authorization: `Bearer ${TRIBUTARY_API_KEY}` };
// Unless it is told to, the tool does not ask a server of which inputs exactly one field must be given.
const introspection = { headers, oneOf: true };

/** How each scalar of the schema looks in JSON, which is what a client sends and gets. One that is missing here is `unknown`. */
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
};

const config: CodegenConfig = {
  // A running server tells its schema to whoever may ask it; without one, the files of this repository are read.
  schema: TRIBUTARY_URL === undefined ? '../../schema/*.graphql' : [{ [TRIBUTARY_URL]: introspection }],
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
        // A running server also shows the scalars of federation, which no operation of a client uses.
        defaultScalarType: 'unknown',
        immutableTypes: true,
        useTypeImports: true,
        // Node runs these files as they are, and so wants whole file names.
        importExtension: '.ts',
      },
    },
  },
};

export default config;
