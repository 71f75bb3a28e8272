import { createInlineSigningKeyProvider, defineConfig, type JWTExtendContextFields } from '@graphql-hive/gateway';
import { gatewayConfig as usual } from './gateway.config.ts';

/** Return a setting that there is no default for. */
function read(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set.`);
  return value;
}

// Tributary knows this gateway, by a key that no caller sees, and never meets the callers' tokens.
const tributary = { authorization: `Bearer ${read('TRIBUTARY_KEY')}` };

// For a Tributary with FEDERATION_AUTH_DIRECTIVES=1: callers bring a token, and its `scope` says what they may ask.
export const gatewayConfig = defineConfig({
  ...usual,
  jwt: {
    // With an identity provider: createRemoteJwksSigningKeyProvider({ jwksUri }), and its algorithm, issuer and audience below.
    signingKeyProviders: [createInlineSigningKeyProvider(read('TOKEN_SECRET'))],
    tokenVerification: { algorithms: ['HS256'] },
    forward: { payload: false },
  },
  genericAuth: {
    mode: 'protect-granular',
    resolveUserFn: ({ jwt }) => (jwt as JWTExtendContextFields | undefined)?.payload,
  },
  propagateHeaders: {
    fromClientToSubgraphs: ({ subgraphName }) => (subgraphName === 'tributary' ? tributary : undefined),
  },
  transportEntries: {
    tributary: {
      options: { subscriptions: { kind: 'ws', location: '/graphql', options: { connectionParams: tributary } } },
    },
  },
});
