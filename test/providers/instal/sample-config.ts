/** A data source for tests: files come from where the API is, and no test has to wait for the allowance. */
export const sampleConfig = (baseUrl: string) => ({
  baseUrl,
  token: '7c1f0be3a94d4d0f8b62e5d1940a37c6b8e2f915',
  allowPrivateNetwork: true,
  requestsPerSecond: 100,
});
