import { AD_CAMPAIGNS, AD_GROUPS, CREATIVES, PUBLISHERS } from './ad-campaigns.ts';
import type { AdCampaign } from './ad-campaigns.ts';
import { toTimeOrder } from './event-table.ts';
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

interface NewClick extends Omit<Attribution, 'clickMs'> {
  readonly timeMs: number;
  readonly context: number;
  readonly user: number;
}

/** Creates the click behind every attributed install, and the ones that led to nothing. */
export function createAdClicks(random: Random, period: Period, people: People): AdClicks {
  const endMs = period.startMs + period.days * DAY_MS;
  const rows: NewClick[] = [];
  people.users.forEach(({ attribution, context }, user) => {
    if (!attribution) return;
    const { campaign, adGroup, creative, publisher, clickMs } = attribution;
    rows.push({ timeMs: clickMs, campaign, adGroup, creative, publisher, context, user });
    const idleClicks = Math.round((AD_CAMPAIGNS[campaign]?.idleClicks ?? 0) * (0.5 + random.next()));
    for (let click = 0; click < idleClicks; click += 1) {
      const timeMs = clickMs + Math.floor((random.next() - 0.5) * DAY_MS);
      if (timeMs < period.startMs || timeMs >= endMs) continue;
      rows.push({
        timeMs,
        campaign,
        adGroup: random.below(AD_GROUPS.length),
        creative: random.below(CREATIVES.length),
        publisher: random.below(PUBLISHERS.length),
        context: random.below(people.contexts.length),
        user: -1,
      });
    }
  });
  return toColumns(rows, random);
}

function toColumns(rows: readonly NewClick[], random: Random): AdClicks {
  const length = rows.length;
  const timesMs = new Float64Array(length);
  for (let row = 0; row < length; row += 1) timesMs[row] = rows[row]?.timeMs ?? 0;
  const clicks = {
    length,
    timeMs: timesMs.slice().sort(),
    campaign: new Uint8Array(length),
    adGroup: new Uint8Array(length),
    creative: new Uint8Array(length),
    publisher: new Uint8Array(length),
    context: new Int32Array(length),
    costMicros: new Int32Array(length),
    user: new Int32Array(length),
  };
  toTimeOrder(timesMs).forEach((row, index) => {
    const click = rows[row] as NewClick;
    clicks.campaign[index] = click.campaign;
    clicks.adGroup[index] = click.adGroup;
    clicks.creative[index] = click.creative;
    clicks.publisher[index] = click.publisher;
    clicks.context[index] = click.context;
    clicks.user[index] = click.user;
    const listPrice = AD_CAMPAIGNS[click.campaign]?.costPerClick ?? 0;
    clicks.costMicros[index] = Math.round(listPrice * (0.8 + 0.4 * random.next()) * 1e6);
  });
  return clicks;
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
