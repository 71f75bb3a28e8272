import type { Provider } from '../src/analytics/provider.ts';
import { createConfigJsonSchema } from '../src/config/json-schema.ts';
import type { GeneratedFile } from './generated-file.ts';

/** Given the providers, return the JSON Schema of the configuration file, which editors complete and check it by. */
export function generateConfigSchema(providers: readonly Provider[]): GeneratedFile[] {
  const content = `${JSON.stringify(createConfigJsonSchema(providers), null, 2)}\n`;
  return [{ path: 'tributary.config.schema.json', content }];
}
