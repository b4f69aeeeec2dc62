import { assertEquals, assertFalse } from "@std/assert";
import fc from "fast-check";
import { parseArguments } from "../../../../adapters/cli/commands/parse_arguments.ts";

const byDefault = {
  payload: null,
  key: null,
  attributes: null,
  url: null,
  features: [],
  stickyBuckets: null,
  explain: false,
  json: false,
};

Deno.test("parseArguments() asks for everything of the example by default", () => {
  assertEquals(parseArguments([]), { kind: "evaluate", options: byDefault });
});

Deno.test("parseArguments() reads every option", () => {
  const args = [
    ...["--payload", "shop.json", "--key", "a+b/c==", "--explain"],
    ...["--attributes", '{"id":"7"}', "--url=https://a.example/?x=1"],
    ...["--feature", "a", "--feature=b", "--sticky-buckets", "{}", "--json"],
  ];
  assertEquals(parseArguments(args), {
    kind: "evaluate",
    options: {
      payload: "shop.json",
      key: "a+b/c==",
      attributes: { id: "7" },
      url: "https://a.example/?x=1",
      features: ["a", "b"],
      stickyBuckets: {},
      explain: true,
      json: true,
    },
  });
});

Deno.test("parseArguments() takes a dash as the payload", () => {
  assertEquals(parseArguments(["--payload", "-"]), {
    kind: "evaluate",
    options: { ...byDefault, payload: "-" },
  });
});

Deno.test("parseArguments() takes a value that begins with a dash after =", () => {
  assertEquals(parseArguments(["--feature=-x"]), {
    kind: "evaluate",
    options: { ...byDefault, features: ["-x"] },
  });
});

Deno.test("parseArguments() drops a feature that is given twice", () => {
  assertEquals(parseArguments(["--feature", "a", "--feature", "a"]), {
    kind: "evaluate",
    options: { ...byDefault, features: ["a"] },
  });
});

Deno.test("parseArguments() skips the -- of other runners", () => {
  assertEquals(parseArguments(["--", "--json"]), {
    kind: "evaluate",
    options: { ...byDefault, json: true },
  });
});

Deno.test("parseArguments() asks for help, also beside other options", () => {
  assertEquals(parseArguments(["--help"]), { kind: "help" });
  assertEquals(parseArguments(["-h"]), { kind: "help" });
  assertEquals(parseArguments(["--json", "--help"]), { kind: "help" });
});

const faults: readonly (readonly [readonly string[], string])[] = [
  [["--unheard"], "Cannot read --unheard: there is no such option, see --help"],
  [
    ["--unheard=1"],
    "Cannot read --unheard: there is no such option, see --help",
  ],
  [["-x"], "Cannot read -x: there is no such option, see --help"],
  [
    ["--toString"],
    "Cannot read --toString: there is no such option, see --help",
  ],
  [["--\x1b"], "Cannot read --\\u001b: there is no such option, see --help"],
  [["--payload"], "Cannot read --payload: its value is missing"],
  [["--payload="], "Cannot read --payload: its value is missing"],
  [["--payload", "--json"], "Cannot read --payload: its value is missing"],
  [["--key"], "Cannot read --key: its value is missing"],
  [["--feature"], "Cannot read --feature: its value is missing"],
  [["--json=1"], "Cannot read --json: it takes no value"],
  [["--json", "shop.json"], "Cannot read argument 2: it belongs to no option"],
  [
    ["--json", "--", "--key"],
    "Cannot read argument 3: it belongs to no option",
  ],
  [["--attributes", "[]"], "Cannot use --attributes: it is not a JSON object"],
  [
    ["--attributes", "null"],
    "Cannot use --attributes: it is not a JSON object",
  ],
  [
    ["--attributes", '"id"'],
    "Cannot use --attributes: it is not a JSON object",
  ],
  [
    ["--sticky-buckets", "7"],
    "Cannot use --sticky-buckets: it is not a JSON object",
  ],
  [["--url", "/cart"], "Cannot use --url: /cart is no absolute http(s) URL"],
  [
    ["--url", "ftp://a.example"],
    "Cannot use --url: ftp://a.example is no absolute http(s) URL",
  ],
  [
    ["--payload", "https://a.example/p.json"],
    "Cannot read the payload from the network: save it, or pipe it to --payload -",
  ],
];

for (const [args, message] of faults) {
  Deno.test(`parseArguments() refuses ${JSON.stringify(args)}`, () => {
    assertEquals(parseArguments(args), { kind: "invalid", message });
  });
}

Deno.test("parseArguments() tells where attributes are not JSON", () => {
  const parsed = parseArguments(["--attributes", "{id: 7}"]);
  assertEquals(parsed.kind, "invalid");
  assertEquals(
    parsed.kind === "invalid" && parsed.message.startsWith(
      "Cannot use --attributes: it is not JSON, ",
    ),
    true,
  );
});

Deno.test("parseArguments() never repeats what may be a key", () => {
  const key = "c2VjcmV0LXNlY3JldC0xMg==";
  for (
    const args of [[key], ["--key", key, key], ["--kee", key], [`--kee=${key}`]]
  ) {
    assertFalse(JSON.stringify(parseArguments(args)).includes("c2VjcmV0"));
  }
});

Deno.test("parseArguments() always tells a fault in one line", () => {
  fc.assert(fc.property(fc.array(fc.string({ unit: "binary" })), (args) => {
    const parsed = parseArguments(args);
    if (parsed.kind !== "invalid") return;
    assertFalse(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(parsed.message));
  }));
});

Deno.test("parseArguments() never changes the arguments", () => {
  parseArguments(Object.freeze(["--", "--json"]));
  parseArguments(Object.freeze(["--json"]));
});
