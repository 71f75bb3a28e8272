/** A data source for tests: today's API, days of UTC, and an allowance that no test has to wait for. */
export const sampleConfig = (baseUrl: string) => ({
  baseUrl,
  secretKey: 'secret_live_Qx7mT2vB.k9sWn4LpZr',
  requestsPerSecond: 100,
});
