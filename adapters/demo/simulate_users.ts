import type { Client } from "../client/client.ts";

/** The features of the demo's shop. */
export interface ShopFeatures {
  /** A rollout. */
  readonly "new-checkout": boolean;
  /** An experiment that is recorded as it should be. */
  readonly "order-button": string;
  /** An experiment whose recording is broken. */
  readonly "search-ranking": string;
}

/** What users of the shop got. */
export interface Visits {
  /** How many visited. */
  readonly users: number;
  /** How many of them got the new checkout. */
  readonly newCheckout: number;
}

/**
 * Lets users visit the shop, each with a view of the client of its own. The shop has a fault that
 * real ones have: the page of results tells of its experiment only once it is drawn, and of the
 * users with the slow personal ranking, every fifth has left by then.
 */
export function simulateUsers(
  client: Client<ShopFeatures>,
  first: number,
  count: number,
): Visits {
  let newCheckout = 0;
  for (let number = first; number < first + count; number++) {
    const user = client.forUser({ attributes: { id: `user-${number}` } });
    if (user.isOn("new-checkout")) newCheckout++;
    user.getFeatureValue("order-button", "Buy");
    const isSlow = user.peek("search-ranking").value === "personal";
    if (!(isSlow && number % 5 === 0)) {
      user.getFeatureValue("search-ranking", "popular");
    }
  }
  return { users: count, newCheckout };
}
