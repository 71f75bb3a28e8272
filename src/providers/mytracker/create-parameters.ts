import type { RowsQuery } from '../../analytics/exports.ts';
import { QueryLimitError } from '../../errors.ts';
import type { MytrackerConfig } from './config.ts';
import { toFilterParameters, type Parameters } from './filters.ts';
import { toSelectors } from './layout.ts';
import { optionsOf } from './options.ts';
import { toTimeParameters } from './time-window.ts';

/** Apps that a data source is about where a question names none. */
type DefaultApps = Pick<MytrackerConfig, 'idApp' | 'SDKKey'>;

/** Given a question, return the parameters that ask MyTracker for it; null where its whole time is still to come. Throws where it cannot be asked. */
// https://docs.tracker.my.com/api/export-api/raw/create (checked 2026-11)
export function toCreateParameters(query: RowsQuery, defaults: DefaultApps, now: number): URLSearchParams | null {
  const apps = toAppParameters(query, defaults);
  const filters = toFilterParameters(query.filters, query.table.name);
  const time = toTimeParameters(query, now);
  if (time === null) return null;
  return new URLSearchParams(
    [['event', query.table.name], ['selectors', toSelectors(query).join(',')], ...time, ...filters, ...apps].map(
      ([name = '', value = '']) => [name, value],
    ),
  );
}

function toAppParameters(query: RowsQuery, { idApp, SDKKey }: DefaultApps): Parameters {
  const asked = query.filters.filter(({ dimension }) => dimension === 'idApp' || dimension === 'SDKKey');
  const [, second] = asked;
  if (second && new Set(asked.map(({ dimension }) => dimension)).size > 1 && optionsOf(query).eitherAppOrKey !== true) {
    throw new QueryLimitError(
      `${second.path}.dimension: with filters by idApp and SDKKey, MyTracker gives rows that fit one or the other, not both. Say eitherAppOrKey in options if this is meant`,
    );
  }
  if (asked.length > 0) return [];
  return [
    ...(idApp ? [['idApp', idApp.join(',')] as const] : []),
    ...(SDKKey ? [['SDKKey', SDKKey.join(',')] as const] : []),
  ];
}
