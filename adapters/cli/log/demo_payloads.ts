import type { Payload } from "../../../core/mod.ts";

const checkout = {
  defaultValue: "classic",
  rules: [{
    id: "checkout-rule",
    key: "checkout",
    variations: ["classic", "one-page"],
    meta: [{ key: "classic" }, { key: "one-page" }],
    weights: [0.5, 0.5],
    coverage: 0.8,
  }],
};
const search = {
  defaultValue: false,
  rules: [{
    id: "search-rule",
    key: "search",
    variations: [false, true],
    meta: [{ key: "off" }, { key: "on" }],
    weights: [0.5, 0.5],
  }],
};
const pricing = {
  defaultValue: 10,
  rules: [{
    id: "pricing-rule",
    key: "pricing",
    condition: { country: { $in: ["de", "fr"] } },
    variations: [10, 9, 8],
    meta: [{ key: "ten" }, { key: "nine" }, { key: "eight" }],
    weights: [0.34, 0.33, 0.33],
  }],
};

/** What the demo's shop runs on in the morning. */
export const morningPayload: Payload = {
  features: { checkout, search, pricing },
};

/** At noon the weights of a running experiment change, and old users change variation. */
export const noonPayload: Payload = {
  features: {
    checkout,
    search,
    pricing: {
      ...pricing,
      rules: [{ ...pricing.rules[0]!, weights: [0.1, 0.45, 0.45] }],
    },
  },
};
