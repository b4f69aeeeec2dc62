import { assertEquals } from "@std/assert";
import {
  type Context,
  decideAutoExperiments,
  getQueryStringOverride,
} from "../../mod.ts";
import { testConformance } from "../support/evaluation/conformance.ts";

type QueryRow = readonly [
  name: string,
  key: string,
  url: string,
  numVariations: number,
  expected: number | null,
];

testConformance<QueryRow>(
  "getQueryStringOverride()",
  "getQueryStringOverride",
  ([name]) => name,
  ([, key, url, numVariations, expected]) => {
    assertEquals(getQueryStringOverride(key, url, numVariations), expected);
  },
);

interface Redirect {
  readonly inExperiment: boolean;
  readonly urlRedirect: string | undefined;
  readonly urlWithParams: string;
}

testConformance<readonly [string, Context, readonly Redirect[]]>(
  "decideAutoExperiments()",
  "urlRedirect",
  ([name]) => name,
  ([, context, expected]) => {
    const { redirect } = decideAutoExperiments(context).result;
    const redirects: readonly Redirect[] = redirect === null ? [] : [{
      inExperiment: redirect.result.inExperiment,
      urlRedirect: redirect.result.value.urlRedirect,
      urlWithParams: redirect.url,
    }];
    assertEquals(redirects, expected);
  },
);
