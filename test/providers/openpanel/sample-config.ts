/** A data source for tests: today's API, days of UTC. */
export const sampleConfig = (baseUrl: string) => ({
  baseUrl,
  clientId: '0d3b4c5e-1f2a-4b6c-8d7e-9a0b1c2d3e4f',
  clientSecret: 'sec_9f8e7d6c5b4a',
  projectId: 'acme-web',
});
