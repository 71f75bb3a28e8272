import { UnsupportedCapabilityError, withOrigin } from '../../errors.ts';
import type { UnknownChartResolvers } from '../__generated__/resolvers.ts';
import { savedChartFields } from '../saved-chart-fields.ts';

/** A saved chart whose kind is not known. */
export const UnknownChart: UnknownChartResolvers = {
  ...savedChartFields('UNKNOWN'),
  report: ({ source, name, nativeId, nativeKind }) => {
    const kind = nativeKind === null ? 'does not say what kind of chart' : `calls a ${nativeKind}`;
    const what = `${source.provider.name} ${kind} "${name}" ${nativeKind === null ? 'is' : ''}`.trimEnd();
    const error = new UnsupportedCapabilityError(
      `${what}. If it is one of numbers, a funnel or a retention, ask for it as such by its id ${nativeId}`,
    );
    throw withOrigin(error, { source: source.key, provider: source.provider.id });
  },
};
