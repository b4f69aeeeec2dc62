import { assert, assertEquals, assertFalse } from "@std/assert";
import fc from "fast-check";
import { commands } from "../../../../adapters/cli/commands/mod.ts";
import { readArguments } from "../../../../adapters/cli/command/read_arguments.ts";
import { runs } from "../../../support/runs.ts";

const command = {
  name: "count",
  positionals: {
    LOG: { summary: "" },
    FILE: { summary: "", isOptional: true },
  },
  options: {
    lines: { value: "N", summary: "" },
    feature: { value: "KEY", isRepeatable: true, summary: "" },
    json: { summary: "" },
  },
};
const none = { lines: null, feature: [], json: false };

function read(...args: readonly string[]) {
  return readArguments(command, args);
}

Deno.test("readArguments() gives nothing for what is absent", () => {
  assertEquals(read("a.db"), {
    kind: "run",
    given: { positionals: { LOG: "a.db", FILE: null }, options: none },
  });
});

Deno.test("readArguments() reads options before, between and behind files", () => {
  assertEquals(
    read(
      "--json",
      "a.db",
      "--lines=3",
      "b.json",
      "--feature",
      "x",
      "--feature=y",
    ),
    {
      kind: "run",
      given: {
        positionals: { LOG: "a.db", FILE: "b.json" },
        options: { lines: "3", feature: ["x", "y"], json: true },
      },
    },
  );
});

Deno.test("readArguments() takes a dash as a file, and a value that begins with a dash after =", () => {
  assertEquals(read("-", "--feature=-x"), {
    kind: "run",
    given: {
      positionals: { LOG: "-", FILE: null },
      options: { ...none, feature: ["-x"] },
    },
  });
});

Deno.test("readArguments() skips the -- of other runners, and ends the options at another one", () => {
  assertEquals(read("--", "a.db", "--json", "--", "--lines"), {
    kind: "run",
    given: {
      positionals: { LOG: "a.db", FILE: "--lines" },
      options: { ...none, json: true },
    },
  });
});

Deno.test("readArguments() asks for help, also beside what is wrong with the files", () => {
  for (
    const args of [["--help"], ["-h"], ["a", "b", "c", "--help"], [
      "-h",
      "--json",
    ]]
  ) {
    assertEquals(read(...args), { kind: "help" });
  }
});

for (
  const [args, message] of [
    [[], "Cannot run count: LOG is missing, see --help"],
    [
      ["a", "b", "c"],
      "Cannot run count: it takes no more than LOG FILE, see --help",
    ],
    [
      ["a", "--unheard"],
      "Cannot read --unheard: there is no such option, see --help",
    ],
    [
      ["a", "--unheard=1"],
      "Cannot read --unheard: there is no such option, see --help",
    ],
    [["a", "-x"], "Cannot read -x: there is no such option, see --help"],
    [
      ["a", "--toString"],
      "Cannot read --toString: there is no such option, see --help",
    ],
    [
      ["a", "--__proto__"],
      "Cannot read --__proto__: there is no such option, see --help",
    ],
    [
      ["a", "--\x1b"],
      "Cannot read --\\u001b: there is no such option, see --help",
    ],
    [
      ["a", "--jsn"],
      "Cannot read --jsn: there is no such option, did you mean --json?",
    ],
    [
      ["a", "--JSON"],
      "Cannot read --JSON: there is no such option, did you mean --json?",
    ],
    [
      ["a", "--featrue", "x"],
      "Cannot read --featrue: there is no such option, did you mean --feature?",
    ],
    [
      ["a", "--hlep"],
      "Cannot read --hlep: there is no such option, did you mean --help?",
    ],
    [["a", "--lines"], "Cannot read --lines: its value is missing (N)"],
    [["a", "--lines="], "Cannot read --lines: its value is missing (N)"],
    [
      ["a", "--lines", "--json"],
      "Cannot read --lines: its value is missing (N)",
    ],
    [["a", "--json=1"], "Cannot read --json: it takes no value"],
    [["a", "--help=1"], "Cannot read --help: it takes no value"],
  ] as const
) {
  Deno.test(`readArguments() refuses ${JSON.stringify(args)}`, () => {
    assertEquals(read(...args), { kind: "invalid", message });
  });
}

Deno.test("readArguments() never repeats an argument that may be a key", () => {
  const key = "c2VjcmV0LXNlY3JldC0xMg==";
  for (
    const args of [
      ["a", "b", key],
      ["a", "--feature", key, "--lines"],
      ["a", "--lnes", key],
      ["a", `--lnes=${key}`],
      ["a", `--json=${key}`],
    ]
  ) {
    const got = read(...args);
    assert(got.kind === "invalid");
    assertFalse(got.message.includes("c2VjcmV0"));
  }
});

Deno.test("readArguments() never throws, always tells a fault in one line, and changes nothing", () => {
  const words = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "--",
      "-",
      "--json",
      "--key",
      "-h",
      "--no-json",
      "--=",
      "---",
    ),
  );
  fc.assert(
    fc.property(fc.array(words), (args) => {
      const given = Object.freeze([...args]);
      for (const each of commands) {
        const got = readArguments(each, given);
        if (got.kind !== "invalid") continue;
        assertFalse(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(got.message));
      }
    }),
    runs(100),
  );
});
