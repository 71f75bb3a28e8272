import { AD_CAMPAIGNS, AD_GROUPS, CREATIVES, PUBLISHERS } from './ad-campaigns.ts';
import type { AdCampaign } from './ad-campaigns.ts';
import { resizeColumns, sortColumns, toTimeOrder } from './columns.ts';
import { DAY_MS } from './period.ts';
import type { Period } from './period.ts';
import type { Random } from './random.ts';
import type { Attribution, EventContext, WorldUser } from './users.ts';

/** Clicks on advertisements in columns, one entry of every column per click, ordered by time. */
export interface AdClicks {
  readonly length: number;
  readonly timeMs: Float64Array;
  /** Index into `AD_CAMPAIGNS`. */
  readonly campaign: Uint8Array;
  /** Index into `AD_GROUPS`. */
  readonly adGroup: Uint8Array;
  /** Index into `CREATIVES`. */
  readonly creative: Uint8Array;
  /** Index into `PUBLISHERS`. */
  readonly publisher: Uint8Array;
  /** Index into the world's contexts: country, system and language of whoever clicked. */
  readonly context: Int32Array;
  /** Price of the click in millionths of a US dollar. */
  readonly costMicros: Int32Array;
  /** The user who then installed, or -1. */
  readonly user: Int32Array;
}

/** Clicks, installs and cost of one UTC day, campaign and country. */
export interface AdDay {
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly campaign: AdCampaign;
  /** ISO 3166-1 alpha-2, empty where unknown. */
  readonly country: string;
  readonly clicks: number;
  /** Installs that the clicks of this day led to, whenever they happened. */
  readonly installs: number;
  /** US dollars. */
  readonly cost: number;
}

interface People {
  readonly users: readonly WorldUser[];
  readonly contexts: readonly EventContext[];
}

/** Creates the click behind every attributed install, and the ones that led to nothing. */
export function createAdClicks(random: Random, period: Period, people: People): AdClicks {
  const endMs = period.startMs + period.days * DAY_MS;
  const builder = createBuilder(random);
  people.users.forEach(({ attribution, context }, user) => {
    if (!attribution) return;
    builder.add(attribution, context, user);
    const { campaign } = attribution;
    const idleClicks = Math.round((AD_CAMPAIGNS[campaign]?.idleClicks ?? 0) * (0.5 + random.next()));
    for (let click = 0; click < idleClicks; click += 1) {
      const clickMs = attribution.clickMs + Math.floor((random.next() - 0.5) * DAY_MS);
      if (clickMs < period.startMs || clickMs >= endMs) continue;
      const adGroup = random.below(AD_GROUPS.length);
      const creative = random.below(CREATIVES.length);
      const publisher = random.below(PUBLISHERS.length);
      builder.add({ clickMs, campaign, adGroup, creative, publisher }, random.below(people.contexts.length), -1);
    }
  });
  return builder.build();
}

interface Builder {
  add(click: Attribution, context: number, user: number): void;
  build(): AdClicks;
}

function createBuilder(random: Random): Builder {
  const capacity = 1 << 15;
  let length = 0;
  let columns = {
    timeMs: new Float64Array(capacity),
    campaign: new Uint8Array(capacity),
    adGroup: new Uint8Array(capacity),
    creative: new Uint8Array(capacity),
    publisher: new Uint8Array(capacity),
    context: new Int32Array(capacity),
    costMicros: new Int32Array(capacity),
    user: new Int32Array(capacity),
  };
  return {
    add({ clickMs, campaign, adGroup, creative, publisher }, context, user) {
      if (length === columns.timeMs.length) columns = resizeColumns(columns, length * 2);
      columns.timeMs[length] = clickMs;
      columns.campaign[length] = campaign;
      columns.adGroup[length] = adGroup;
      columns.creative[length] = creative;
      columns.publisher[length] = publisher;
      columns.context[length] = context;
      columns.user[length] = user;
      const listPrice = AD_CAMPAIGNS[campaign]?.costPerClick ?? 0;
      columns.costMicros[length] = Math.round(listPrice * (0.8 + 0.4 * random.next()) * 1e6);
      length += 1;
    },
    build: () => ({ length, ...sortColumns(columns, toTimeOrder(columns.timeMs.subarray(0, length))) }),
  };
}

/** Sums clicks by UTC day, campaign and country, ordered by day. */
export function toAdDays({ adClicks, contexts }: { adClicks: AdClicks; contexts: readonly EventContext[] }): AdDay[] {
  const days = new Map<string, { -readonly [key in keyof AdDay]: AdDay[key] }>();
  const micros = new Map<string, number>();
  for (let click = 0; click < adClicks.length; click += 1) {
    const date = new Date(adClicks.timeMs[click] ?? 0).toISOString().slice(0, 10);
    const campaign = AD_CAMPAIGNS[adClicks.campaign[click] ?? 0] as AdCampaign;
    const country = contexts[adClicks.context[click] ?? 0]?.place.country ?? '';
    const key = `${date} ${campaign.id} ${country}`;
    const day = days.get(key) ?? { date, campaign, country, clicks: 0, installs: 0, cost: 0 };
    days.set(key, day);
    day.clicks += 1;
    if (adClicks.user[click] !== -1) day.installs += 1;
    // Summed as whole millionths, so that the cost does not depend on the order of the clicks.
    const spent = (micros.get(key) ?? 0) + (adClicks.costMicros[click] ?? 0);
    micros.set(key, spent);
    day.cost = spent / 1e6;
  }
  return [...days.values()];
}
