import type { Payload } from "@growthstream/sdk";

/** The features of the shop, by their types. */
export interface ShopFeatures {
  /** The line at the top. */
  "welcome": string;
  /** What the button that orders says: an experiment. */
  "order-button": string;
}

/** What GrowthBook would publish of them. */
export const payload: Payload = {
  features: {
    "welcome": {
      defaultValue: "Welcome",
      rules: [{
        condition: { language: { $regex: "^fr" } },
        force: "Bienvenue",
      }],
    },
    "order-button": {
      defaultValue: "Buy",
      rules: [{
        key: "order-button-text",
        variations: ["Buy", "Order now"],
        meta: [{ key: "buy" }, { key: "order-now" }],
        weights: [0.5, 0.5],
      }],
    },
  },
};
