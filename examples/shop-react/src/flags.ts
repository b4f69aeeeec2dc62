import { type Client, createClient } from "@growthstream/sdk/client";
import { growthbookSource } from "@growthstream/sdk/growthbook";
import { createHooks, type Hooks } from "@growthstream/sdk/react";

/** The features of the shop. */
export interface ShopFeatures {
  /** The line at the top. */
  readonly banner: string;
  /** Whether gifts can be wrapped. */
  readonly "gift-wrap": boolean;
  /** The colour of buttons. */
  readonly accent: string;
  /** What the button says. */
  readonly "order-button": string;
}

/** The hooks of the shop: keys and fallbacks are checked. */
export const hooks: Hooks<ShopFeatures> = createHooks<ShopFeatures>();

/** Where the page finds its servers. */
export interface Servers {
  /** The development server of flags. */
  readonly flags: string;
  /** The collector of exposures. */
  readonly collector: string;
}

const servers: Servers = {
  flags: "http://127.0.0.1:3300",
  collector: "http://127.0.0.1:3301/",
};

/** Makes the client of the page. Exposures go to the collector, which prints them. */
export function startClient(
  id: string,
  { flags, collector }: Servers = servers,
): Client<ShopFeatures> {
  return createClient<ShopFeatures>({
    source: growthbookSource({
      clientKey: "sdk-shop",
      apiHost: flags,
    }),
    attributes: { id, country: "gb" },
    trackingCallback: async (experiment, result, user, { id }) => {
      const { hashAttribute, hashValue } = result;
      await fetch(collector, {
        method: "POST",
        body: JSON.stringify({
          id,
          experiment: experiment.key,
          variation: result.key,
          user: { [hashAttribute]: hashValue },
          country: user.attributes["country"],
        }),
      });
    },
  });
}
