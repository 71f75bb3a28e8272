import { UnsupportedCapabilityError, withOrigin } from '../../errors.ts';
import type { UnknownChartResolvers } from '../__generated__/resolvers.ts';
import { savedChartFields } from '../saved-chart-fields.ts';

/** A saved chart whose kind is not known. */
export const UnknownChart: UnknownChartResolvers = {
  ...savedChartFields('UNKNOWN'),
  report: ({ source, name, nativeId, nativeKind }) => {
    const provider = source.provider.name;
    const what =
      nativeKind === null
        ? `${provider} does not say what kind of chart "${name}" is`
        : `${provider} says that "${name}" is of kind "${nativeKind}", which cannot be asked for`;
    const error = new UnsupportedCapabilityError(
      `${what}. If it holds numbers, a funnel or a retention, ask for it as such by its id ${nativeId}`,
    );
    throw withOrigin(error, { source: source.key, provider: source.provider.id });
  },
};
