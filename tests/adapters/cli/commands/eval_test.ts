import {
  assert,
  assertEquals,
  assertFalse,
  assertStringIncludes,
} from "@std/assert";
import fc from "fast-check";
import { evalFeature } from "../../../../mod.ts";
import { type CommandRun, runCommand } from "../run_command.ts";

import { arbitraryDamagedContext } from "../../../arbitraries/hostile/damage.ts";
import { runs } from "../../../support/runs.ts";

const features = {
  dark: { defaultValue: true },
  cta: {
    rules: [{
      key: "cta-test",
      hashAttribute: "user",
      fallbackAttribute: "id",
      variations: ["Buy", "Order"],
    }],
  },
};

Deno.test("eval prints what was evaluated, and a table", async () => {
  const { output } = await run(["shop.json", "--feature", "dark"]);
  assertEquals(
    output,
    `payload  shop.json, 2 features
user     {}

feature  value  source        rule  why
-------  -----  ------------  ----  ---------------
dark     true   defaultValue        it has no rules
`,
  );
});

Deno.test("eval evaluates every feature in the order of the payload", async () => {
  const { output } = await run(["--json"]);
  assertEquals(JSON.parse(output).map(({ key }: { key: string }) => key), [
    "dark",
    "cta",
  ]);
});

Deno.test("eval evaluates the features that are asked for, in that order", async () => {
  const { output } = await run([
    "--json",
    "--feature",
    "cta",
    "--feature",
    "dark",
  ]);
  assertEquals(JSON.parse(output).map(({ key }: { key: string }) => key), [
    "cta",
    "dark",
  ]);
});

Deno.test("eval gives what evalFeature() gives", async () => {
  const attributes = { user: "7" };
  const json = JSON.stringify(attributes);
  const { output } = await run([
    "--json",
    "--feature",
    "cta",
    "--attributes",
    json,
  ]);
  const expected = evalFeature({ features, attributes }, "cta");
  assertEquals(JSON.parse(output), [
    { key: "cta", result: JSON.parse(JSON.stringify(expected)) },
  ]);
});

Deno.test("eval turns sticky bucketing on where documents are given", async () => {
  const args = ["--feature", "cta", "--attributes", '{"id":"7"}'];
  const off = await run(args);
  assertStringIncludes(off.output, 'no rule applied: "user" has no value');
  const on = await run([...args, "--sticky-buckets", "{}"]);
  assertStringIncludes(on.output, 'of "id" is in');
});

Deno.test("eval prints the URL and lets it force a variation", async () => {
  const url = "https://a.example/?cta-test=1";
  const { output } = await run(["--feature", "cta", "--url", url]);
  assertStringIncludes(output, `url      ${url}\n`);
  assertStringIncludes(output, 'the URL asks for "1" of cta-test');
});

Deno.test("eval separates whole explanations by an empty line", async () => {
  const { output } = await run(["--explain", "p"]);
  assert(
    output.startsWith(
      "dark: true\n  defaultValue: it has no rules\n\ncta: null\n",
    ),
  );
});

Deno.test("eval knows an own user for the example only", async () => {
  const { output } = await runCommand(["eval"]);
  assertStringIncludes(output, 'user     {"id":"user-110"');
  assertStringIncludes((await run([])).output, "user     {}\n");
});

Deno.test("eval cuts the table to the terminal, and nothing without one", async () => {
  const wide = { wide: { defaultValue: "a".repeat(150) } };
  const { output } = await run([], wide, 60);
  const lines = output.split("\n").slice(3);
  assert(lines.every((line) => line.length <= 60));
  assertStringIncludes((await run([], wide)).output, `"${"a".repeat(150)}"`);
});

Deno.test("eval counts issues on standard error and goes on", async () => {
  const outcome = await run([], { ...features, odd: 7 });
  assertEquals(outcome.exitCode, 0);
  assertStringIncludes(
    outcome.errors,
    "The payload has 1 error and 0 warnings:\n",
  );
  assertStringIncludes(outcome.errors, "/odd");
  assertStringIncludes(outcome.output, "dark");
});

Deno.test("eval refuses a feature that the payload doesn't have", async () => {
  assertEquals(await run(["--feature", "toString"]), {
    exitCode: 2,
    output: "",
    errors: 'Cannot evaluate "toString": the payload has no such feature\n',
  });
});

Deno.test("eval refuses a payload that can't be read", async () => {
  const error = Object.assign(new Error("no"), { code: "ENOENT" });
  assertEquals(
    await runCommand(["eval", "a"], { readText: () => Promise.reject(error) }),
    {
      exitCode: 2,
      output: "",
      errors: "Cannot read a: there is no such file\n",
    },
  );
});

Deno.test("eval reads nothing where the arguments are wrong", async () => {
  const readText = () => Promise.reject(new Error("was read"));
  for (const args of [["--unheard"], ["p", "--attributes", "7"]]) {
    const { errors } = await runCommand(["eval", ...args], { readText });
    assertStringIncludes(
      errors,
      `Cannot ${args.length === 1 ? "read" : "use"}`,
    );
  }
});

Deno.test("eval fetches the payload of a URL, and tells what went wrong without its secrets", async () => {
  const url =
    "https://user:hunter2@cdn.example/api/features/sdk-1?token=hunter2";
  const args = ["eval", url, "--feature", "dark"];
  const { output } = await runCommand(args, {
    fetch: () => Promise.resolve(Response.json({ features })),
  });
  assertStringIncludes(
    output,
    "payload  https://cdn.example/api/features/sdk-1, 2 features",
  );
  for (
    const [fetch, reason] of [
      [
        () => Promise.resolve(new Response("", { status: 404 })),
        "the server answered 404",
      ],
      [
        () => Promise.reject(new DOMException("", "TimeoutError")),
        "the server does not answer in time",
      ],
      [
        () =>
          Promise.reject(
            new TypeError("fetch failed", { cause: { code: "ECONNREFUSED" } }),
          ),
        "the host refuses the connection",
      ],
    ] as const
  ) {
    assertEquals(await runCommand(args, { fetch }), {
      exitCode: 2,
      output: "",
      errors: `Cannot read https://cdn.example/api/features/sdk-1: ${reason}\n`,
    });
  }
});

Deno.test("eval never fails, misleads a terminal or differs from evalFeature(), whatever the payload", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryDamagedContext, async (context) => {
      const told = JSON.parse(JSON.stringify(context));
      const { attributes = {}, stickyBucketAssignmentDocs = {} } = told;
      const args = [
        `--attributes=${JSON.stringify(attributes)}`,
        ...isRecord(stickyBucketAssignmentDocs)
          ? [`--sticky-buckets=${JSON.stringify(stickyBucketAssignmentDocs)}`]
          : [],
      ];
      const { features, savedGroups, contextualBandits } = told;
      const payload = {
        status: 200,
        features,
        savedGroups,
        contextualBandits,
      };
      for (const form of [[], ["--explain"], ["--json"]]) {
        const outcome = await run([...args, ...form], payload, 100);
        assertFalse(
          /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(
            outcome.output + outcome.errors,
          ),
        );
        if (outcome.exitCode === 2 || form[0] !== "--json") continue;
        const user = isRecord(stickyBucketAssignmentDocs)
          ? { attributes, stickyBucketAssignmentDocs }
          : { attributes };
        for (const { key, result } of JSON.parse(outcome.output)) {
          const expected = evalFeature({ ...payload, ...user }, key);
          assertEquals(result, JSON.parse(JSON.stringify(expected)));
        }
      }
    }),
    runs(300),
  );
});

function isRecord(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function run(
  args: readonly string[],
  payload: object = features,
  width: number | null = null,
): Promise<CommandRun> {
  const readText = () => Promise.resolve(JSON.stringify(payload));
  const isNamed = args.includes("p") || args.includes("shop.json");
  return runCommand(["eval", ...isNamed ? [] : ["-"], ...args], {
    readText,
    width,
  });
}
