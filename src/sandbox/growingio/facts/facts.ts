import type { World } from '../../world.ts';

const PAGE_VIEWS = ['screen_view', 'page_view'];

/** What the reports count, worked out once. */
export interface Facts {
  readonly world: World;
  /** 1 for the first event of a visit; notifications of the stores are no visits. */
  readonly beginsVisit: Uint8Array;
  /** 1 for a view of a page or a screen. */
  readonly isPageView: Uint8Array;
  /** 1 for a session with less than two views. */
  readonly isBounced: Uint8Array;
  /** First event at or after an instant. */
  firstAtOrAfter(ms: number): number;
}

/** Works out what the reports count. */
export function createFacts(world: World): Facts {
  const { events, sessions } = world;
  const isViewName = Uint8Array.from(events.names, (name) => (PAGE_VIEWS.includes(name) ? 1 : 0));
  const beginsVisit = new Uint8Array(events.length);
  const isPageView = new Uint8Array(events.length);
  const isKnown = new Uint8Array(sessions.length);
  const views = new Int32Array(sessions.length);
  for (let event = 0; event < events.length; event += 1) {
    const session = events.session[event] ?? 0;
    const isView = isViewName[events.name[event] ?? 0] ?? 0;
    if (isKnown[session] === 0 && sessions.background[session] === 0) beginsVisit[event] = 1;
    isKnown[session] = 1;
    isPageView[event] = isView;
    views[session] = (views[session] ?? 0) + isView;
  }
  const isBounced = Uint8Array.from(views, (count) => (count < 2 ? 1 : 0));
  return { world, beginsVisit, isPageView, isBounced, firstAtOrAfter: (ms) => lowerBound(events.timeMs, ms) };
}

function lowerBound(times: Float64Array, ms: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
