/** A data source for tests. */
export const sampleConfig = (baseUrl: string) => ({
  baseUrl,
  userId: 77658,
  secretKey: 'sample+secret/9f8e7d6c5b4a',
  downloadHosts: [new URL(baseUrl).host],
  allowPrivateNetwork: true,
});
