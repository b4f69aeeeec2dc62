import shop from "../../../examples/shop.json" with { type: "json" };
import type {
  Attributes,
  Context,
  Payload,
  StickyAssignmentDocuments,
} from "../../../core/mod.ts";
import { describeName } from "../text/describe_value.ts";
import { parseObject } from "../text/parse_object.ts";

/** The payload of the example shop, as text. */
export const exampleShop: string = JSON.stringify(shop);

/** The user of the example shop where no other is named. */
const exampleUser: Attributes = {
  id: "user-110",
  deviceId: "dev-7c1e",
  loggedIn: true,
  email: "camille@mail.example",
  country: "fr",
  language: "fr",
  platform: "web",
  browser: "Firefox",
  orders: { count: 4, total: 312.5 },
  address: { postcode: "75011" },
};

/** The user that features are evaluated for, as far as the options tell. */
export interface EvaluatedUser {
  readonly attributes: Attributes | null;
  readonly stickyBuckets: Attributes | null;
  readonly url: string | null;
}

/** Reads the options that tell of a user, or in a line what is wrong with one of them. */
export function readUser(
  options: {
    readonly attributes: string | null;
    readonly "sticky-buckets": string | null;
    readonly url: string | null;
  },
): EvaluatedUser | string {
  const attributes = parseObject(options.attributes);
  if (typeof attributes === "string") {
    return `Cannot use --attributes: ${attributes}`;
  }
  const stickyBuckets = parseObject(options["sticky-buckets"]);
  if (typeof stickyBuckets === "string") {
    return `Cannot use --sticky-buckets: ${stickyBuckets}`;
  }
  const { url } = options;
  if (url !== null && !isWebAddress(url)) {
    return `Cannot use --url: ${describeName(url)} is no absolute http(s) URL`;
  }
  return { attributes, stickyBuckets, url };
}

function isWebAddress(address: string): boolean {
  return URL.canParse(address) &&
    ["http:", "https:"].includes(new URL(address).protocol);
}

/** Makes the context of an evaluation. The example shop (`file` is null) has an example user. */
export function createContext(
  payload: Payload,
  { attributes, stickyBuckets, url }: EvaluatedUser,
  file: string | null,
): Context {
  const byDefault = file === null ? exampleUser : {};
  return {
    ...payload,
    attributes: attributes ?? byDefault,
    ...(url === null ? {} : { url }),
    ...(stickyBuckets === null ? {} : {
      stickyBucketAssignmentDocs: stickyBuckets as StickyAssignmentDocuments,
    }),
  };
}
