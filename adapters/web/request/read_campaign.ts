/** The parameters of a campaign, and the attributes that GrowthBook's own plugin makes of them. */
const attributeNames = {
  utm_source: "utmSource",
  utm_medium: "utmMedium",
  utm_campaign: "utmCampaign",
  utm_term: "utmTerm",
  utm_content: "utmContent",
} as const;

/** The longest value that is read, in characters. */
const longest = 256;

/** The parameters of a campaign, by attribute; those that there are. */
export type Campaign = {
  readonly [
    Name in typeof attributeNames[keyof typeof attributeNames]
  ]?: string;
};

/** Reads the campaign of a query such as `?utm_source=news`; of a parameter that repeats, the first. */
export function readCampaign(query: string): Campaign {
  const parameters = new URLSearchParams(query);
  const campaign: { -readonly [Name in keyof Campaign]: Campaign[Name] } = {};
  for (const [parameter, attribute] of Object.entries(attributeNames)) {
    const value = parameters.get(parameter);
    if (value !== null) campaign[attribute] = value.slice(0, longest);
  }
  return campaign;
}
