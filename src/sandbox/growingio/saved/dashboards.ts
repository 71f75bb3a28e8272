import { CHARTS } from './charts.ts';
import { FUNNELS } from './funnels.ts';
import { RETENTIONS } from './retentions.ts';

/** What a tile of a dashboard is; absent where the service of 2026 does not say. */
export type TileKind = 'chart' | 'funnel' | 'retention' | 'frequency';

/** A chart, funnel or retention on a dashboard. */
export interface Tile {
  readonly id: string;
  readonly name: string;
  readonly kind: TileKind;
  /** False where `resource_type` is left out, as it is in the examples of 2024. */
  readonly tellsKind: boolean;
}

/** A dashboard. */
export interface Dashboard {
  readonly id: string;
  readonly name: string;
  readonly type: 'normal' | 'realtimeV2';
  readonly scope: 'global' | 'project' | 'user';
  readonly creator: string;
  readonly updater: string;
  /** Days from the end of the world back to its first and its last change. */
  readonly ageDays: number;
  readonly idleDays: number;
  readonly tiles: readonly Tile[];
}

function toTile(kind: TileKind, { id, name }: { id: string; name: string }, tellsKind = true): Tile {
  return { id, name, kind, tellsKind };
}

/** Every dashboard, the last changed one first. */
export const DASHBOARDS: readonly Dashboard[] = [
  {
    id: 'd4Kx01Zq',
    name: '增长周报',
    type: 'normal',
    scope: 'project',
    creator: '王芳',
    updater: '李雷',
    ageDays: 100,
    idleDays: 2,
    tiles: [
      toTile('chart', CHARTS.daily),
      toTile('chart', CHARTS.payments),
      toTile('chart', CHARTS.bigNumber),
      toTile('funnel', FUNNELS.purchase),
      toTile('retention', RETENTIONS.newcomers),
    ],
  },
  {
    id: 'W8bTn5Jy',
    name: '产品分析, "全部"',
    type: 'normal',
    scope: 'user',
    creator: '李雷',
    updater: '李雷',
    ageDays: 64,
    idleDays: 11,
    tiles: [
      toTile('chart', CHARTS.column),
      toTile('chart', CHARTS.bar, false),
      toTile('chart', CHARTS.table),
      toTile('chart', CHARTS.versions),
      toTile('chart', CHARTS.bubble),
      toTile('chart', CHARTS.countries),
      toTile('chart', CHARTS.hourly),
      toTile('chart', CHARTS.groups),
      toTile('funnel', FUNNELS.search),
      toTile('retention', RETENTIONS.payers),
      toTile('frequency', { id: 'Q4iDo9Xs', name: '搜索频次' }),
    ],
  },
  {
    id: 'z6LcE2Ro',
    name: '实时大屏',
    type: 'realtimeV2',
    scope: 'global',
    creator: '王芳',
    updater: '王芳',
    ageDays: 118,
    idleDays: 90,
    tiles: [],
  },
];
