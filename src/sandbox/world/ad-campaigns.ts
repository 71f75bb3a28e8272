/** A campaign of an advertising network. */
export interface AdCampaign {
  readonly network: string;
  readonly id: number;
  readonly name: string;
  /** Price of a click in US dollars. */
  readonly costPerClick: number;
  /** Clicks that lead to no install, for each one that does. */
  readonly idleClicks: number;
  /** How much of the paid traffic it brings, relative to the others. */
  readonly weight: number;
}

/** Every campaign that ran. */
export const AD_CAMPAIGNS: readonly AdCampaign[] = [
  { network: 'Instal', id: 1554, name: 'Spring sale, wave 1', costPerClick: 0.12, idleClicks: 7, weight: 22 },
  { network: 'Instal', id: 1560, name: 'Lookalike "gold"', costPerClick: 0.18, idleClicks: 6, weight: 14 },
  { network: 'Instal', id: 1571, name: '双十一 拉新', costPerClick: 0.09, idleClicks: 9, weight: 10 },
  { network: 'Apple Search Ads', id: 880_012, name: 'Brand - Exact', costPerClick: 0.95, idleClicks: 2, weight: 14 },
  { network: 'Google Ads', id: 20_417_733, name: 'UAC | Install', costPerClick: 0.4, idleClicks: 5, weight: 18 },
  { network: 'Meta', id: 120_210, name: 'Reels; broad', costPerClick: 0.35, idleClicks: 6, weight: 16 },
  { network: 'Meta', id: 120_377, name: '=retargeting', costPerClick: 0.5, idleClicks: 4, weight: 6 },
];

/** Ad groups, shared by all campaigns. */
export const AD_GROUPS: readonly string[] = ['broad', 'interest - wellness', 'lookalike 1%'];

/** Creatives, shared by all campaigns. */
export const CREATIVES: readonly string[] = ['banner-1', 'video-15s', 'video-30s, captions', 'playable 😀'];

/** Places that showed the advertisements. */
export const PUBLISHERS: readonly string[] = ['pub-421', 'pub-422', 'pub-519', 'pub-777', 'pub-801', 'unknown'];
