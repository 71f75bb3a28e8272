import type { EventContext, World } from '../../world.ts';

const countryNames = new Intl.DisplayNames('zh-CN', { type: 'region' });

const FIELDS = {
  国家名称: ({ place }) => (place.country === '' ? '' : (countryNames.of(place.country) ?? '')),
  城市: ({ place }) => place.city,
  浏览器: ({ browser }) => browser,
  操作系统: ({ os }) => os,
  平台: ({ platform }) => platform,
  应用版本: ({ appVersion }) => appVersion,
} as const satisfies Record<string, (context: EventContext) => string>;

/** A dimension, by the name of its column. */
export type FieldName = keyof typeof FIELDS;

/** The values of some fields together. */
export interface FieldCodes {
  /** For each context of the world, the position of its values. */
  readonly codeOf: Int32Array;
  /** Every combination that occurs. */
  readonly values: readonly (readonly string[])[];
}

/** Numbers the combinations of the fields' values; what is unknown is written as `unknown`. */
export function toFieldCodes({ contexts }: World, fields: readonly FieldName[], unknown: string): FieldCodes {
  const values: string[][] = [];
  const codes = new Map<string, number>();
  const codeOf = Int32Array.from(contexts, (context) => {
    const combination = fields.map((field) => FIELDS[field](context) || unknown);
    const key = JSON.stringify(combination);
    const code = codes.get(key) ?? values.push(combination) - 1;
    codes.set(key, code);
    return code;
  });
  return { codeOf, values };
}
