// What a page can import, as its global `sdk`: for tests to use from outside.
import * as client from "../../../adapters/client/mod.ts";
import * as growthbook from "../../../adapters/growthbook/mod.ts";
import * as core from "../../../mod.ts";

/** All that the package offers to a page. */
export type Sdk = typeof core & typeof client & typeof growthbook;

Object.assign(globalThis, { sdk: { ...core, ...client, ...growthbook } });
