import {
  assert,
  assertEquals,
  assertFalse,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { evalFeature, type Payload } from "../../../mod.ts";
import { buildFile } from "./built_command.ts";
import { encryptText } from "./encrypt_text.ts";

const root = new URL("../../../", import.meta.url);
const shopFile = new URL("examples/shop.json", root);
const shop: Payload = JSON.parse(Deno.readTextFileSync(shopFile));
const donutsFile = new URL("../shared/fixtures/acme-donuts.json", root);
// One file starts in half the time that the sources take.
const program = await buildFile();
const key = "Zvwv/+uhpFDznZ6SX28Yjg==";

Deno.test("eval prints every feature of the example without arguments", async () => {
  const { code, output, errors } = await run([]);
  assertEquals({ code, errors }, { code: 0, errors: "" });
  const lines = output.split("\n");
  const keys = Object.keys(shop.features);
  assert(keys.length >= 20);
  assertEquals(
    lines[0],
    `payload  the example shop, ${keys.length} features`,
  );
  assertMatch(lines[3]!, /^feature +value +source +rule +why$/);
  assertEquals(
    lines.slice(5, -1).map((line) => line.split(" ")[0]!),
    keys,
  );
});

Deno.test("eval finds the example from any directory", async () => {
  const { code, output } = await run([], { cwd: Deno.cwd() + "/.." });
  assertEquals(code, 0);
  assertStringIncludes(output, "storefront-open");
});

Deno.test("eval reads the payload of a file, for the attributes that are given", async () => {
  const { output } = await run([
    ...[shopFile.pathname, "--feature", "payment-methods"],
    ...["--attributes", '{"country":"nl"}'],
  ]);
  assertStringIncludes(output, 'user     {"country":"nl"}\n');
  assertStringIncludes(output, '["ideal","card","paypal"]  force   fr_');
});

Deno.test("eval takes variations from the URL", async () => {
  const { output } = await run([
    ...["--feature", "checkout-cta"],
    ...["--url", "https://fernandkettle.example/cart?checkout-cta=2"],
  ]);
  assertStringIncludes(output, '"Send it to me"');
  assertStringIncludes(output, 'the URL asks for "send-it" of checkout-cta');
});

Deno.test("eval uses fallback attributes where sticky buckets are given", async () => {
  const args = [
    ...["--feature", "checkout-redesign", "--json"],
    ...["--attributes", '{"deviceId":"dev-7c1e"}'],
  ];
  const off = JSON.parse((await run(args)).output);
  assertEquals(off[0].result.source, "defaultValue");
  const on = JSON.parse(
    (await run([...args, "--sticky-buckets", "{}"])).output,
  );
  assertEquals(on[0].result.experimentResult.hashAttribute, "deviceId");
});

Deno.test("eval explains nested parents, conditions, buckets and ranges", async () => {
  const { output } = await run(["--explain", "--feature", "express-pay"]);
  assertMatch(output, /^express-pay: \{"enabled":true/);
  for (
    const part of [
      "prerequisite checkout-redesign: passed",
      "prerequisite storefront-open (gate): passed",
      'country $in: expected ["cu","ir","kp","sy"], found "fr"',
      'hash of id "user-110" with seed ',
      "1: 0.5000-1.0000 <-",
    ]
  ) assertStringIncludes(output, part);
});

Deno.test("eval prints results as JSON that are those of evalFeature()", async () => {
  const attributes = { id: "user-7", country: "be", loggedIn: true };
  const { output } = await run([
    "--json",
    "--attributes",
    JSON.stringify(attributes),
  ]);
  const expected = Object.keys(shop.features).map((key) => ({
    key,
    result: evalFeature({ ...shop, attributes }, key),
  }));
  assertEquals(JSON.parse(output), JSON.parse(JSON.stringify(expected)));
});

Deno.test("eval prints explanations as JSON", async () => {
  const { output } = await run([
    "--json",
    "--explain",
    "--feature",
    "dark-mode",
  ]);
  const [first] = JSON.parse(output);
  assertEquals(Object.keys(first), ["key", "result", "explanation"]);
  assertEquals(first.explanation.result, first.result);
});

Deno.test("eval reads standard input", async () => {
  const { code, output } = await run(["-"], {
    input: '{"dark":{"defaultValue":true}}',
  });
  assertEquals(code, 0);
  assertStringIncludes(output, "payload  standard input, 1 feature\n");
  assertStringIncludes(output, "dark     true   defaultValue");
});

Deno.test("eval decrypts, and never prints the key", async () => {
  const { features, savedGroups, ...rest } = shop;
  const encrypted = JSON.stringify({
    ...rest,
    features: {},
    encryptedFeatures: await encryptText(JSON.stringify(features), key),
    encryptedSavedGroups: await encryptText(JSON.stringify(savedGroups), key),
  });
  const attributes = ["--attributes", '{"id":"user-3"}'];
  const args = ["-", "--key", key, ...attributes];
  const opened = await run([...args, "--json"], { input: encrypted });
  const plain = await run(["--json", ...attributes]);
  assertEquals(opened, plain);
  for (
    const more of [[], ["--explain"], ["--feature", "nope"], ["--unheard"]]
  ) {
    const { output, errors } = await run([...args, ...more], {
      input: encrypted,
    });
    assertFalse((output + errors).includes(key.slice(0, 8)));
  }
});

Deno.test("eval refuses a wrong key without printing it", async () => {
  const encryptedFeatures = await encryptText("{}", key);
  const wrong = "c2VjcmV0LXNlY3JldC0xMg==";
  const { code, output, errors } = await run(
    ["-", "--key", wrong],
    { input: JSON.stringify({ encryptedFeatures }) },
  );
  assertEquals({ code, output }, { code: 2, output: "" });
  assertStringIncludes(errors, "Cannot decrypt encryptedFeatures: ");
  assertFalse(errors.includes("c2VjcmV0"));
  assertEquals(errors.split("\n").length, 2);
});

const refused: readonly (readonly [
  string,
  readonly string[],
  RegExp,
  string?,
])[] = [
  [
    "an unknown option",
    ["--unheard"],
    /^Cannot read --unheard: there is no such option, see --help$/,
  ],
  [
    "a missing value",
    ["--attributes"],
    /^Cannot read --attributes: its value is missing \(JSON\)$/,
  ],
  [
    "a second file",
    ["shop.json", "shop.json"],
    /^Cannot run eval: it takes no more than FILE, see --help$/,
  ],
  [
    "a file that isn't there",
    ["no/such.json"],
    /^Cannot read no\/such.json: there is no such file$/,
  ],
  ["a directory", ["."], /^Cannot read \.: it is a directory$/],
  [
    "what is not JSON",
    ["-"],
    /^Cannot use the payload: it is not JSON, /,
    "<html>\n</html>",
  ],
  [
    "an empty payload",
    ["-"],
    /^Cannot use the payload: it is not JSON, /,
    "",
  ],
  [
    "a payload without features",
    ["-"],
    /^Cannot use the payload: it has no usable features/,
    '{"features":{}}',
  ],
  [
    "a payload whose features are unusable",
    ["-"],
    /^Cannot use the payload: it has no usable features/,
    '{"status":200,"features":{"a":7}}',
  ],
  [
    "the error of a server",
    ["-"],
    /^Cannot use the payload: it has no usable features.*No channel found/,
    '{"status":400,"error":"No channel found"}',
  ],
  [
    "an encrypted payload without key",
    ["-"],
    /^Cannot use the payload: it is encrypted, and there is no --key$/,
    '{"encryptedFeatures":"a.b"}',
  ],
  [
    "attributes that are not JSON",
    ["--attributes", "{id: 7}"],
    /^Cannot use --attributes: it is not JSON, /,
  ],
  [
    "attributes that are no object",
    ["--attributes", "[]"],
    /^Cannot use --attributes: it is not a JSON object$/,
  ],
  [
    "sticky buckets that are no object",
    ["--sticky-buckets", "1"],
    /^Cannot use --sticky-buckets: it is not a JSON object$/,
  ],
  [
    "a feature that isn't there",
    ["--feature", "no-such"],
    /^Cannot evaluate "no-such": the payload has no such feature$/,
  ],
  [
    "a URL that is not absolute",
    ["--url", "/cart"],
    /^Cannot use --url: \/cart is no absolute http\(s\) URL$/,
  ],
];

for (const [what, args, line, input] of refused) {
  Deno.test(`eval refuses ${what} with exit code 2 and one line`, async () => {
    const { code, output, errors } = await run(args, { input: input ?? "" });
    assertEquals({ code, output }, { code: 2, output: "" });
    assert(errors.endsWith("\n"));
    assertMatch(errors.slice(0, -1), line);
    assertEquals(errors.split("\n").length, 2);
  });
}

Deno.test("eval counts issues on standard error and evaluates the rest", async () => {
  const input =
    '{"status":200,"features":{"dark":{"defaultValue":true},"odd":7}}';
  const { code, output, errors } = await run(["-"], { input });
  assertEquals(code, 0);
  assertStringIncludes(output, "dark");
  assertMatch(
    errors,
    /^The payload has 1 error and 0 warnings:\n {2}error at \/features\/odd: .*\n$/,
  );
});

Deno.test("eval lets no payload command the terminal", async () => {
  const evil = "\x1b[2J\x9b2J\u202e";
  const features = {
    [evil]: {
      defaultValue: { [evil]: evil },
      rules: [{
        id: evil,
        condition: { [evil]: { $in: [evil] }, country: { [evil]: evil } },
        force: evil,
      }, { id: evil, variations: [evil, evil], key: evil, weights: [evil] }],
    },
    odd: evil,
  };
  const input = JSON.stringify({ features });
  const attributes = ["--attributes", JSON.stringify({ id: evil, [evil]: 1 })];
  for (const form of [[], ["--explain"], ["--json"], ["--json", "--explain"]]) {
    const args = ["-", ...attributes, ...form];
    const { code, output, errors } = await run(args, { input });
    assertEquals(code, 0);
    assertFalse(/[^\P{C}\n]/u.test(output + errors));
  }
});

Deno.test("eval cuts nothing in a pipe, and minds no reader that leaves early", async () => {
  const { output } = await run(["--feature", "staff-toolbar"]);
  assertFalse(output.includes("…"));
  const child = spawn(["--json", "--explain"]);
  const reader = child.stdout.getReader();
  await reader.read();
  await reader.cancel();
  const errors = await new Response(child.stderr).text();
  const { code } = await child.status;
  assertEquals({ code, errors }, { code: 0, errors: "" });
});

Deno.test({
  name: "eval evaluates Acme's donuts [data]",
  ignore: !exists(donutsFile),
  fn: async () => {
    const attributes = {
      country: "france",
      version: "2.4.0",
      dietaryRestrictions: ["gluten_free"],
      employee: true,
    };
    const { code, output, errors } = await run([
      ...[donutsFile.pathname, "--json"],
      ...["--attributes", JSON.stringify(attributes)],
    ]);
    assertEquals({ code, errors }, { code: 0, errors: "" });
    const results: { key: string; result: { value: unknown } }[] = JSON.parse(
      output,
    );
    assertEquals(
      Object.fromEntries(results.map(({ key, result }) => [key, result.value])),
      {
        banner_text: "Bienvenue au Beignets Acme !",
        dark_mode: false,
        donut_price: 0,
        meal_overrides_gluten_free: {
          meal_type: "gf",
          dessert: "French Vanilla Ice Cream",
        },
        app_name: "Badger",
      },
    );
  },
});

interface Run {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

interface RunOptions {
  readonly input?: string;
  readonly cwd?: string;
}

async function run(
  args: readonly string[],
  { input = "", cwd }: RunOptions = {},
): Promise<Run> {
  const child = spawn(args, cwd);
  const [output, errors] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    feed(child.stdin, input),
  ]);
  return { code: (await child.status).code, output, errors };
}

// Without prompts: a permission that it doesn't have must fail the test, not wait for an answer.
function spawn(args: readonly string[], cwd?: string) {
  const flags = ["run", "--quiet", "--no-prompt", "--allow-read"];
  return new Deno.Command(Deno.execPath(), {
    args: [...flags, program, "eval", ...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    ...(cwd === undefined ? {} : { cwd }),
  }).spawn();
}

// A command that is not interested in its input may be gone before it is written.
async function feed(stdin: WritableStream<Uint8Array>, input: string) {
  const writer = stdin.getWriter();
  try {
    await writer.write(new TextEncoder().encode(input));
    await writer.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

function exists(file: URL): boolean {
  try {
    return Deno.statSync(file).isFile;
  } catch {
    return false;
  }
}
