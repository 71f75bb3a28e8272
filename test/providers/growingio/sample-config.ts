/** A data source for tests: today's API, a token made in the console, and an allowance that no test has to wait for. */
export const sampleConfig = (baseUrl: string) => ({
  baseUrl,
  projectId: 'pRoj3ct1',
  publicKey: 'pub5d41402abc4b2a76b9719d911017c592',
  token: 'Zk3vQ8mN1xR7tY5wB2cD9fG4hJ6kL0pS3uV8aE1iO7qT5rW2yX9zC4bM6nH0jK',
  requestsPerSecond: 100,
});
