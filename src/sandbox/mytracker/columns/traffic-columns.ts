import { AD_CAMPAIGNS, AD_GROUPS, CREATIVES, PUBLISHERS } from '../../world.ts';
import type { AdCampaign, WorldUser } from '../../world.ts';
import { toNumericId, toPartnerId } from '../dictionaries/account.ts';
import type { Value } from '../tables/table.ts';

/** What brought somebody, in words; absent for an organic install. */
export interface Traffic {
  readonly campaign: AdCampaign;
  readonly adGroup: string;
  readonly creative: string;
  readonly publisher: string;
  /** The tracking link that was clicked. */
  readonly link: number;
}

type TrafficColumns = Readonly<Record<string, (traffic: Traffic | undefined) => Value>>;

/** Reads what brought a user. Every publisher of a campaign has a tracking link of its own. */
export function toTraffic({ attribution }: WorldUser): Traffic | undefined {
  const campaign = attribution && AD_CAMPAIGNS[attribution.campaign];
  if (!attribution || !campaign) return undefined;
  return {
    campaign,
    adGroup: AD_GROUPS[attribution.adGroup] ?? '',
    creative: CREATIVES[attribution.creative] ?? '',
    publisher: PUBLISHERS[attribution.publisher] ?? '',
    link: 80_000 + attribution.campaign * 100 + attribution.publisher,
  };
}

function worded(selector: string, toWord: (traffic: Traffic) => string): TrafficColumns {
  const toText = (traffic: Traffic | undefined): string => (traffic ? toWord(traffic) : '');
  return { [selector]: (traffic) => toNumericId(toText(traffic)), [`${selector}Title`]: toText };
}

const CAMPAIGN: TrafficColumns = {
  idCampaign: (traffic) => traffic?.campaign.id ?? 0,
  idCampaignTitle: (traffic) => traffic?.campaign.name ?? '',
  // One person made every campaign.
  idCampaignCreator: (traffic) => (traffic ? 1 : 0),
  idCampaignCreatorName: (traffic) => (traffic ? 'Sandbox' : ''),
};

const LINK: TrafficColumns = {
  idAd: (traffic) => traffic?.link ?? 0,
  idAdTitle: (traffic) => (traffic ? `${traffic.campaign.name} | ${traffic.publisher}` : ''),
  idPartner: (traffic) => (traffic ? toPartnerId(traffic.campaign.network) : 0),
  idPartnerTitle: (traffic) => traffic?.campaign.network ?? 'Organic',
};

const SUBS: TrafficColumns = {
  ...worded('idSub1', ({ publisher }) => publisher),
  ...worded('idSub2', ({ adGroup }) => adGroup),
  ...worded('idSub3', ({ creative }) => creative),
  ...worded('idSub4', () => ''),
  ...worded('idSub5', () => ''),
  ...worded('idSubAdSet', ({ adGroup }) => adGroup),
  ...worded('idSubCampaign', ({ campaign }) => campaign.name),
  ...worded('idSubCreative', ({ creative }) => creative),
  ...worded('idSubMedium', () => 'cpc'),
  ...worded('idSubNetwork', ({ publisher }) => publisher),
};

const ONCE: TrafficColumns = {
  // Everybody who was brought had clicked.
  idAdEventType: (traffic) => (traffic ? 1 : 0),
  idAdEventTypeTitle: (traffic) => (traffic ? 'Post-click' : ''),
  idTrafficType: (traffic) => (traffic ? 1 : 0),
  idTrafficTypeTitle: (traffic) => (traffic ? 'Paid' : 'Organic'),
  // Nobody is brought twice in the world, so there is never an attribution before this one.
  idPartnerPrevAttr: () => 0,
  idPartnerPrevAttrTitle: () => '',
};

/** For the same reason the current attribution is the one of the install: `idCampaignAttrTitle` is `idCampaignTitle`. */
function withCurrent(columns: TrafficColumns): TrafficColumns {
  const current = Object.entries(columns).map(([selector, column]) => {
    const [, base = selector, ending = ''] = /^(.*?)(Title|Name)?$/.exec(selector) ?? [];
    return [`${base}Attr${ending}`, column] as const;
  });
  return { ...columns, ...Object.fromEntries(current) };
}

/** Columns that follow from what brought somebody, by selector. */
export const TRAFFIC_COLUMNS: TrafficColumns = { ...withCurrent({ ...CAMPAIGN, ...LINK, ...SUBS }), ...ONCE };
