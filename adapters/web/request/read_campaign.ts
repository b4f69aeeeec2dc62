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
  const campaign: { -readonly [Name in keyof Campaign]: Campaign[Name] } = {};
  for (const [parameter, value] of readParameters(query)) {
    if (!isCampaign(parameter)) continue;
    campaign[attributeNames[parameter]] ??= value.slice(0, longest);
  }
  return campaign;
}

function isCampaign(name: string): name is keyof typeof attributeNames {
  return Object.hasOwn(attributeNames, name);
}

// Where nothing has to be decoded, taking the text apart is several times as fast.
function readParameters(
  query: string,
): Iterable<readonly [name: string, value: string]> {
  if (/[^!-~]|[%+]/.test(query)) return new URLSearchParams(query);
  return query.slice(1).split("&").map((parameter) => {
    const end = parameter.indexOf("=");
    return end < 0
      ? [parameter, ""]
      : [parameter.slice(0, end), parameter.slice(end + 1)];
  });
}
