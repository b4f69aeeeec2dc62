import shop from "../../../examples/shop.json" with { type: "json" };
import type { Attributes } from "../../../core/mod.ts";

/** The payload of the example shop, as text. */
export const exampleShop: string = JSON.stringify(shop);

/** The user for whom the example shop is evaluated where no other is named. */
export const exampleUser: Attributes = {
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
