import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { runCommand } from "../run_command.ts";
import { makeEvent, makeExposures, writeEvents } from "../write_log.ts";

const day = 24 * 3_600_000;
const rule = { id: "r1", force: "Order" };
const bad = { rules: [{ variations: ["a", "b"], weights: [0.5, 0.4] }] };

function lint(payload: unknown, ...args: readonly string[]) {
  const text = typeof payload === "string" ? payload : JSON.stringify(payload);
  return runCommand(["lint", "p.json", ...args], {
    readText: () => Promise.resolve(text),
  });
}

function evaluated(
  days: number,
  featureKey: string,
  ruleId = "",
  value: unknown = 1,
) {
  const source = ruleId === "" ? "defaultValue" : "force";
  return makeEvent(days * day, "feature.evaluated", {
    featureKey,
    value,
    source,
    ruleId,
    count: 3,
  });
}

Deno.test("lint finds nothing wrong with a good payload", async () => {
  assertEquals(await lint({ features: { dark: { defaultValue: true } } }), {
    exitCode: 0,
    output: "p.json: nothing is wrong in 1 feature\n",
    errors: "",
  });
});

Deno.test("lint names the place of each error, and ends with 1", async () => {
  assertEquals(
    await lint({ features: { bad, dark: { defaultValue: true } } }),
    {
      exitCode: 1,
      output: `error at /features/bad/rules/0/weights
  Cannot use the weights, equal ones are used instead: their sum is 0.9
p.json: 1 error, 0 warnings in 2 features
`,
      errors: "",
    },
  );
});

Deno.test("lint prints JSON", async () => {
  const { exitCode, output } = await lint({ features: { bad } }, "--json");
  assertEquals(exitCode, 1);
  const { features, issues, note } = JSON.parse(output);
  assertEquals([features, issues.length, note], [1, 1, null]);
  assertEquals(issues[0].code, "weights-sum");
});

Deno.test("lint takes what is no payload for an error, and what it can't read for none", async () => {
  for (const text of ["{", "[]", '{"status":400,"error":"no"}', '{"a":7}']) {
    const { exitCode, output } = await lint(text);
    assertEquals(exitCode, 1, text);
    assertStringIncludes(output, "error at /");
  }
  const sealed = await lint({ encryptedFeatures: "a.b" });
  assertEquals(sealed.exitCode, 2);
  assertStringIncludes(sealed.errors, "there is no --key");
  const missing = await runCommand(["lint", "/no/such.json"]);
  assertEquals(missing.exitCode, 2);
});

Deno.test("lint lets no payload command a terminal, at any width", async () => {
  const evil = "\x1b[2J\u202e";
  for (const width of [20, 50, null]) {
    const text = JSON.stringify({ features: { [evil]: bad } });
    const { output } = await runCommand(["lint", "-"], {
      width,
      readText: () => Promise.resolve(text),
    });
    assert(!/[^\P{C}\n]/u.test(output));
    if (width === null) continue;
    assert(output.split("\n").every((line) => line.length <= width), output);
  }
});

Deno.test("lint names features that nothing has evaluated for 30 days", async () => {
  const log = await writeEvents([
    evaluated(0, "old"),
    evaluated(1, "child"),
    evaluated(32, "child"),
    evaluated(32, "gone"),
  ]);
  const parentConditions = [{ id: "parent", condition: { value: true } }];
  const payload = {
    features: {
      old: { defaultValue: 1 },
      never: { defaultValue: 1 },
      parent: { defaultValue: true },
      child: { rules: [{ parentConditions, force: 1 }] },
      "a/b~c": { defaultValue: 1 },
    },
  };
  const { exitCode, output } = await lint(payload, "--log", log, "--json");
  assertEquals(exitCode, 0);
  assertEquals(
    JSON.parse(output).issues.map((
      { code, path }: { code: string; path: string },
    ) => [code, path]),
    [
      ["feature-unused", "/features/old"],
      ["feature-unused", "/features/never"],
      ["feature-unused", "/features/a~1b~0c"],
    ],
  );
  assertEquals((await lint(payload, "--log", log, "--strict")).exitCode, 1);
});

Deno.test("lint takes an exposure for a use", async () => {
  const log = await writeEvents([
    evaluated(-40, "other"),
    ...makeExposures({
      features: {
        cta: { rules: [{ key: "cta-test", variations: ["a", "b"] }] },
      },
    }, 3),
  ]);
  const { output } = await lint(
    { features: { cta: { defaultValue: 1 }, other: { defaultValue: 1 } } },
    "--log",
    log,
  );
  assert(!output.includes("/features/cta"));
  assertStringIncludes(output, "/features/other");
});

Deno.test("lint names a rule that has decided everything for 30 days", async () => {
  const log = await writeEvents([
    evaluated(0, "cta", "r0", "Buy"),
    evaluated(0, "mixed", "r1", "Order"),
    evaluated(0, "plain"),
    evaluated(2, "cta", "r1", "Order"),
    evaluated(20, "mixed", "r1", "Order"),
    evaluated(31, "mixed"),
    evaluated(31, "plain"),
    evaluated(31, "removed", "r1", "Order"),
    evaluated(31.5, "cta", "r1", "Order"),
  ]);
  const { output } = await lint(
    {
      features: {
        cta: {
          defaultValue: "Buy",
          rules: [{ id: "r0", condition: { id: "1" }, force: 1 }, rule],
        },
        mixed: { defaultValue: "Buy", rules: [rule] },
        plain: { defaultValue: 1 },
        removed: { defaultValue: 1 },
      },
    },
    "--log",
    log,
  );
  assertEquals(
    output,
    `warning at /features/cta/rules/1
  Rule r1 has decided every evaluation for 30 days, with the value "Order": make that the value, and remove the feature
p.json: 0 errors, 1 warning in 4 features
`,
  );
});

Deno.test("lint says why a log can't tell of use", async () => {
  const payload = { features: { dark: { defaultValue: true } } };
  const short = await writeEvents([evaluated(0, "a"), evaluated(29, "a")]);
  const none = await writeEvents([
    makeEvent(0, "custom", { name: "a", properties: {} }),
    makeEvent(50 * day, "custom", { name: "a", properties: {} }),
  ]);
  for (
    const [log, note] of [
      [short, "the log covers 29 days, and it takes 30"],
      [none, "the log counts no evaluations (recording.countEvaluations)"],
    ] as const
  ) {
    const { exitCode, output } = await lint(payload, "--log", log);
    assertEquals(exitCode, 0);
    assertStringIncludes(output, `note: ${note}`);
    assert(!output.includes("warning at"));
  }
  const missing = await lint(payload, "--log", "/no/such.db");
  assertEquals(missing.exitCode, 2);
});
