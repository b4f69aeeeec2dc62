import { flags, flagsOf } from "@growthstream/sdk/express";
import {
  healthOf,
  metricsContentType,
  metricsText,
} from "@growthstream/sdk/web";
import express, { type Express } from "express";
import { findProduct } from "../shop/catalog.ts";
import type { ShopFeatures } from "../shop/features.ts";
import type { Shop } from "../shop/open_shop.ts";
import { frontPage, productPage, thanksPage } from "../shop/pages.ts";
import { writeReport } from "../shop/report.ts";

/** Makes the shop's application. */
export function makeApp({ client, store }: Shop): Express {
  const app = express();
  app.get("/health", (_request, response) => {
    const health = healthOf(client);
    response.status(health.isServing ? 200 : 503).json(health);
  });
  app.get("/metrics", (_request, response) => {
    response.type(metricsContentType).send(metricsText(client));
  });
  app.get("/report", async (_request, response) => {
    await client.flush();
    response.type("text").send(await writeReport(store));
  });
  // What stands before it makes no visitor a user.
  app.use(flags(client, { stickyCookies: true }));
  app.get("/", (request, response) => {
    const user = flagsOf<ShopFeatures>(request);
    response.send(frontPage(user.getFeatureValue("welcome", "Hello")));
  });
  app.get("/products/:id", (request, response, next) => {
    const product = findProduct(request.params.id);
    if (product === undefined) return next();
    const user = flagsOf<ShopFeatures>(request);
    response.send(
      productPage(product, user.getFeatureValue("order-button", "Buy")),
    );
  });
  app.post("/products/:id/order", (request, response, next) => {
    const product = findProduct(request.params.id);
    if (product === undefined) return next();
    flagsOf(request).logEvent("purchase", {
      product: product.id,
      price: product.price,
    });
    response.redirect(303, "/thanks");
  });
  app.get("/thanks", (_request, response) => {
    response.send(thanksPage());
  });
  return app;
}
