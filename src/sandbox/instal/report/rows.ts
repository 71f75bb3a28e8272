import { AD_CAMPAIGNS, CREATIVES, DAY_MS, parseDay, PUBLISHERS } from '../../world.ts';
import type { World } from '../../world.ts';
import type { ExportRequest } from '../requests/export-request.ts';

// The world knows no affiliates behind its publishers, so its ad groups are them here; the second looks like a number and is none.
const AFFILIATES = ['s-17', '0042', 'in-app, "home"'];

/** What a row is about: no two rows of a file share all of it. */
interface Subject {
  readonly aff_sub_id: string;
  readonly time: string;
  readonly campaign: string;
  readonly country: string;
  readonly creative_id: string;
  readonly app_id: string;
  readonly campaign_id: number;
  readonly name_os: string;
  readonly version_os: string;
  readonly lang: string;
  /** Empty where the publisher is unknown. */
  readonly publisher_id: number | '';
}

/** One row of the report by the documented column names. */
export interface ReportRow extends Subject {
  readonly clicks_aggr: number;
  /** US dollars. */
  readonly cost_aggr: number;
  /** Conversions by clicks, a fraction of four decimals. */
  readonly cr: number;
  /** Installs that the clicks of the row led to, whenever they happened. */
  readonly conversions_aggr: number;
}

interface Tally {
  readonly subject: Subject;
  clicks: number;
  conversions: number;
  costMicros: number;
}

/** Sums the network's own clicks, in no order. */
export function toReportRows(world: World, { start_date, stop_date, interval }: ExportRequest): ReportRow[] {
  const { adClicks } = world;
  // Neither the time zone nor whether the last day is included is documented: UTC, and it is.
  const startMs = parseDay(start_date);
  const endMs = parseDay(stop_date) + DAY_MS;
  const tallies = new Map<string, Tally>();
  for (let click = 0; click < adClicks.length; click += 1) {
    const timeMs = adClicks.timeMs[click] ?? 0;
    if (timeMs < startMs || timeMs >= endMs || !isOwn(world, click)) continue;
    const subject = toSubject(world, click, toTime(timeMs, interval));
    const key = JSON.stringify(subject);
    const tally = tallies.get(key) ?? { subject, clicks: 0, conversions: 0, costMicros: 0 };
    tallies.set(key, tally);
    tally.clicks += 1;
    if (adClicks.user[click] !== -1) tally.conversions += 1;
    tally.costMicros += adClicks.costMicros[click] ?? 0;
  }
  return [...tallies.values()].map(toRow);
}

function isOwn({ adClicks }: World, click: number): boolean {
  return pick(AD_CAMPAIGNS, adClicks.campaign, click).network === 'Instal';
}

// The indexes of the world's columns are always within the tables that they refer to.
function pick<Item>(table: readonly Item[], indexes: Uint8Array | Int32Array, click: number): Item {
  return table[indexes[click] as number] as Item;
}

// Documented with minutes for every interval; a day and a month are written as dates here, a month as its first day, even
// where the range begins later.
function toTime(timeMs: number, interval: ExportRequest['interval']): string {
  const instant = new Date(timeMs).toISOString();
  if (interval === 'hourly') return `${instant.slice(0, 10)} ${instant.slice(11, 13)}:00`;
  return interval === 'daily' ? instant.slice(0, 10) : `${instant.slice(0, 7)}-01`;
}

function toSubject({ adClicks, contexts }: World, click: number, time: string): Subject {
  const campaign = pick(AD_CAMPAIGNS, adClicks.campaign, click);
  const { place, platform, os, osVersion } = pick(contexts, adClicks.context, click);
  return {
    aff_sub_id: pick(AFFILIATES, adClicks.adGroup, click),
    time,
    campaign: campaign.name,
    country: place.country,
    creative_id: pick(CREATIVES, adClicks.creative, click),
    app_id: platform === 'iOS' ? 'com.example.app.ios' : 'com.example.app',
    campaign_id: campaign.id,
    name_os: os,
    // Documented as a float, which 10.10 cannot be: it is written as the text that it is.
    version_os: osVersion,
    lang: place.language,
    publisher_id: toPublisherId(pick(PUBLISHERS, adClicks.publisher, click)),
  };
}

function toPublisherId(publisher: string): number | '' {
  return publisher.startsWith('pub-') ? Number(publisher.slice(4)) : '';
}

function toRow({ subject, clicks, conversions, costMicros }: Tally): ReportRow {
  return {
    ...subject,
    clicks_aggr: clicks,
    cost_aggr: costMicros / 1e6,
    // Whether it is a fraction or a percentage is not documented.
    cr: Math.round((conversions / clicks) * 1e4) / 1e4,
    conversions_aggr: conversions,
  };
}
