/** A data source for tests. */
export const sampleConfig = (baseUrl: string) => ({ baseUrl, apiKey: 'key_9f8e7d6c5b4a3210' });
