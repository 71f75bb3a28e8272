import type { MetricSeriesResolvers } from '../__generated__/resolvers.ts';

/** One line of a chart: columns inside, points where they are asked for. */
export const MetricSeries: MetricSeriesResolvers = {
  points: ({ axis, values, previous }) =>
    axis.timestamps.map((at, index) => ({
      at,
      date: axis.dates?.[index] ?? null,
      value: values[index] ?? null,
      previous: previous?.[index] ?? null,
    })),
  timestamps: ({ axis }) => axis.timestamps,
  previousValues: ({ previous }) => previous,
};
