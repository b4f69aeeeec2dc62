import { assertEquals } from "@std/assert";
import { testRows } from "../../../support/test_rows.ts";
import { issuesOf, withExperiment } from "../../payload/issues_of.ts";

type Row = readonly [
  fact: string,
  experiment: object,
  issues: readonly string[],
];

const page = { include: true, type: "simple", pattern: "/home" };

testRows<Row>("lintPayload() reports of an auto experiment", [
  ["nothing where it is in order", {
    changeId: "c",
    manual: true,
    persistQueryString: true,
    urlPatterns: [page, { include: false, type: "regex", pattern: "[?]a=" }],
    variations: [
      {},
      { domMutations: [{}], css: "a", js: "b", urlRedirect: "https://a.b/" },
    ],
    status: "running",
    active: true,
    groups: ["a"],
    url: "^/home",
    weights: [0.5, 0.5],
    meta: [{ key: "0" }, { key: "1" }],
    condition: { country: "fr" },
  }, []],
  [
    "fields of other types",
    {
      changeId: 1,
      manual: "yes",
      persistQueryString: 1,
      urlPatterns: "a",
      active: 1,
      force: "1",
      groups: "a",
      url: 1,
      coverage: "all",
      condition: "all",
    },
    [
      ...["changeId", "manual", "persistQueryString", "urlPatterns", "active"],
      ...["force", "groups", "url", "condition", "coverage"],
    ].map((field) => `wrong-type /${field}`),
  ],
  ["that it has no key", { key: null }, ["wrong-type /key"]],
  ["variations that are no array", { variations: {} }, [
    "wrong-type /variations",
  ]],
  ["variations of other types", {
    variations: [null, { css: 1, js: 1, domMutations: {}, urlRedirect: 1 }],
  }, [
    "wrong-type /variations/0",
    "wrong-type /variations/1/urlRedirect",
    "wrong-type /variations/1/domMutations",
    "wrong-type /variations/1/css",
    "wrong-type /variations/1/js",
  ]],
  ["that there is one variation", { variations: [{ css: "a" }] }, [
    "too-few-variations /variations",
  ]],
  ["that no variation does anything", { variations: [{}, {}] }, [
    "no-effect /variations",
  ]],
  ["that no variation does anything on the pages that it targets", {
    urlPatterns: [page],
    variations: [{}, {}],
  }, ["no-effect /variations"]],
  ["redirects without URL patterns", {
    variations: [{}, { urlRedirect: "https://a.b/" }],
  }, ["no-effect /variations"]],
  ["redirects that are not absolute", {
    urlPatterns: [page],
    variations: [{ urlRedirect: "" }, { urlRedirect: "home" }],
  }, ["relative-redirect /variations/1/urlRedirect"]],
  ["what it shares with rules", {
    weights: [1],
    coverage: 7,
    hashVersion: 7,
    filters: [{ seed: "s" }],
    condition: { a: { $is: 1 } },
  }, [
    "unknown-operator /condition/a/$is",
    "filter-without-ranges /filters/0/ranges",
    "unknown-hash-version /hashVersion",
    "coverage-out-of-bounds /coverage",
    "weights-count /weights",
  ]],
  ["that it has no page to run on", { urlPatterns: [] }, [
    "no-effect /urlPatterns",
  ]],
  ["URL patterns of other types", {
    urlPatterns: [null, { include: 1, type: 2, pattern: 3 }, {}],
  }, [
    "wrong-type /urlPatterns/0",
    "wrong-type /urlPatterns/1/include",
    "wrong-type /urlPatterns/1/type",
    "wrong-type /urlPatterns/1/pattern",
    "missing-field /urlPatterns/2/type",
    "missing-field /urlPatterns/2/pattern",
  ]],
  ["URL patterns of an unknown type", {
    urlPatterns: [{ ...page, type: "exact" }],
  }, ["unknown-value /urlPatterns/0/type"]],
  ["URL patterns that can't be read", {
    urlPatterns: [
      { include: true, type: "regex", pattern: "[" },
      { include: true, type: "simple", pattern: "http://[" },
    ],
  }, [
    "invalid-pattern /urlPatterns/0/pattern",
    "invalid-pattern /urlPatterns/1/pattern",
  ]],
  ["URL patterns that should rule pages out and can't", {
    urlPatterns: [{ include: false, type: "regex", pattern: "[" }],
  }, [
    "invalid-pattern /urlPatterns/0/pattern",
    "matches-everyone /urlPatterns/0/pattern",
  ]],
  ["URL patterns that can take long", {
    urlPatterns: [{ include: true, type: "regex", pattern: "(a*)*b" }],
  }, ["slow-pattern /urlPatterns/0/pattern"]],
], ([, experiment, issues]) => {
  assertEquals(
    issuesOf(withExperiment(experiment)),
    issues.map((issue) => issue.replace(" ", " /experiments/0")),
  );
});

Deno.test("lintPayload() reports auto experiments that are no array", () => {
  assertEquals(issuesOf({ features: {}, experiments: {} }), [
    "wrong-type /experiments",
  ]);
});

Deno.test("lintPayload() reports an auto experiment without key and variations", () => {
  assertEquals(issuesOf({ features: {}, experiments: [{}] }), [
    "missing-field /experiments/0/key",
    "missing-field /experiments/0/variations",
  ]);
});
