import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import typescript from "typescript";
import { writeTypes } from "../../../../adapters/cli/types/write_types.ts";
import { typeOfValues } from "../../../../adapters/cli/types/type_of_values.ts";
import { temporaryFolder } from "../../../support/temporary_folder.ts";
import { runCommand } from "../run_command.ts";
import { runs } from "../../../support/runs.ts";

function fieldsOf(features: { readonly [key: string]: unknown }): string {
  const text = writeTypes({ features } as Parameters<typeof writeTypes>[0]);
  return text.slice(text.indexOf("{\n") + 2, -2);
}

/** The names of the fields that TypeScript reads in a text, and what it could not read. */
function read(text: string) {
  const { SyntaxKind, createSourceFile, ScriptTarget } = typescript;
  const file = createSourceFile("types.ts", text, ScriptTarget.ES2022, true);
  const [only, ...others] = file.statements;
  assert(only?.kind === SyntaxKind.InterfaceDeclaration && others.length === 0);
  const { members } = only as typescript.InterfaceDeclaration;
  const faults = (file as unknown as { parseDiagnostics: unknown[] })
    .parseDiagnostics.length;
  return {
    names: members.map(({ name }) => (name as typescript.StringLiteral).text),
    faults,
  };
}

Deno.test("writeTypes() gives each feature the type of all its values", () => {
  assertEquals(
    fieldsOf({
      b: { defaultValue: false, rules: [{ force: true }] },
      a: { defaultValue: "x", rules: [{ variations: ["y", 7] }] },
      c: {
        defaultValue: null,
        rules: [{ contextualVariations: [[1], []] }, { force: null }],
      },
      d: {},
    }),
    `  /** Default: \`"x"\`. */
  readonly a: number | string;

  /** Default: \`false\`. */
  readonly b: boolean;

  /** Default: \`null\`. */
  readonly c: readonly number[];

  /** Default: \`null\`. */
  readonly d: unknown;
`,
  );
});

Deno.test("writeTypes() gives the fields of objects, optional where one lacks them", () => {
  assertEquals(
    typeOfValues([{ b: { c: 1 }, a: [{ x: 1 }, { x: "1" }] }, { b: {} }]),
    `{
  readonly a?: readonly {
    readonly x: number | string;
  }[];
  readonly b: {
    readonly c?: number;
  };
}`,
  );
});

Deno.test("writeTypes() prints descriptions", () => {
  assertStringIncludes(
    fieldsOf({
      a: { defaultValue: 1, description: "First line\n\nSecond */ line" },
    }),
    `  /**
   * First line
   * Second *\\/ line
   * Default: \`1\`.
   */
  readonly a: number;
`,
  );
});

Deno.test("writeTypes() gives the same text in whatever order the features come", () => {
  const features = {
    a: { defaultValue: 1 },
    b: { defaultValue: { x: 1, y: 2 } },
  };
  const turned = {
    b: { defaultValue: { y: 2, x: 1 } },
    a: { defaultValue: 1 },
  };
  const types = (text: string) => text.replaceAll(/\/\*\*.*\n/g, "");
  assertEquals(types(fieldsOf(features)), types(fieldsOf(turned)));
});

Deno.test("writeTypes() is always one interface with exactly the features, whatever the payload", () => {
  const nasty = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "*/",
      '"',
      "\\",
      "__proto__",
      "constructor",
      "\u2028",
      "a-b",
      "1",
      "class",
      "`${x}`",
      "\n}",
      "",
    ),
  );
  const value = fc.oneof(fc.jsonValue(), nasty);
  const feature = fc.record({
    defaultValue: value,
    description: value,
    rules: fc.oneof(
      value,
      fc.array(
        fc.oneof(
          value,
          fc.record({
            force: value,
            variations: fc.oneof(value, fc.array(value)),
          }, { requiredKeys: [] }),
        ),
      ),
    ),
  }, { requiredKeys: [] });
  fc.assert(
    fc.property(fc.dictionary(nasty, feature), (features) => {
      // What was parsed counts: V8 15 reads the name `"` as `\\` where it has seen that one before.
      const payload = JSON.parse(JSON.stringify({ features }));
      const text = writeTypes(payload);
      const { names, faults } = read(text);
      assertEquals(faults, 0, text);
      assertEquals(names, Object.keys(payload.features).sort());
    }),
    runs(100),
  );
});

Deno.test("writeTypes() bears deep and wide values", () => {
  let deep: unknown = 1;
  for (let level = 0; level < 5_000; level++) deep = [deep];
  assertStringIncludes(typeOfValues([deep]), "unknown[]");
  const wide = Object.fromEntries(
    Array.from({ length: 1_000 }, (_, index) => [`k${index}`, index]),
  );
  assertEquals(typeOfValues([wide]), "Readonly<Record<string, unknown>>");
});

const payload = { features: { dark: { defaultValue: true } } };
const readText = () => Promise.resolve(JSON.stringify(payload));

Deno.test("types prints the types, or writes them to a file that is new or its own", async () => {
  const { output } = await runCommand(["types", "-"], { readText });
  assertEquals(output, writeTypes(payload));
  const path = `${temporaryFolder()}/features.ts`;
  for (let time = 0; time < 2; time++) {
    assertEquals(
      await runCommand(["types", "-", "--output", path], { readText }),
      { exitCode: 0, output: "", errors: "" },
    );
    assertEquals(Deno.readTextFileSync(path), output);
  }
  Deno.writeTextFileSync(path, "mine");
  const refused = await runCommand(["types", "-", "--output", path], {
    readText,
  });
  assertEquals(refused.exitCode, 2);
  assertStringIncludes(refused.errors, "it is another file");
  assertEquals(Deno.readTextFileSync(path), "mine");
});

Deno.test("types --check ends with 1 where the file differs, and writes nothing", async () => {
  const path = `${temporaryFolder()}/features.ts`;
  const check = () => runCommand(["types", "-", "--check", path], { readText });
  const missing = await check();
  assertEquals(missing.exitCode, 1);
  assertStringIncludes(missing.errors, "is not there");
  Deno.writeTextFileSync(path, writeTypes(payload).replaceAll("\n", "\r\n"));
  assertEquals(await check(), { exitCode: 0, output: "", errors: "" });
  Deno.writeTextFileSync(path, writeTypes({ features: {} }));
  const differing = await check();
  assertEquals(differing.exitCode, 1);
  assertStringIncludes(differing.errors, "differs from the payload");
  assertEquals(Deno.readTextFileSync(path), writeTypes({ features: {} }));
});

Deno.test("types says what it can't read or write", async () => {
  const folder = temporaryFolder();
  for (
    const [args, message] of [
      [["-", "--output", `${folder}/no/such.ts`], "there is no such folder"],
      [["-", "--output", folder], "Cannot read "],
      [["-", "--check", folder], "Cannot read "],
      [
        ["-", "--check", "a", "--output", "b"],
        "Cannot use --check with --output",
      ],
    ] as const
  ) {
    const { exitCode, errors } = await runCommand(["types", ...args], {
      readText,
    });
    assertEquals(exitCode, 2);
    assertStringIncludes(errors, message);
  }
});

Deno.test("types says where a value nests too deep", async () => {
  const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
  const { exitCode, errors } = await runCommand(["types", "-"], {
    readText: () =>
      Promise.resolve(`{"features":{"a":{"defaultValue":${deep}}}}`),
  });
  assertEquals(exitCode, 2);
  assertEquals(errors, "Cannot run types: a value nests too deep\n");
});
