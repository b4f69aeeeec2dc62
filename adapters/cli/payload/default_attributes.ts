import type { Attributes } from "../../../core/mod.ts";

/** The user for whom the example payload is evaluated where no other is given. */
export const defaultAttributes: Attributes = {
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
