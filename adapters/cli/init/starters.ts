import type { CommandHost } from "../command/command.ts";

/** What a starter can be for. */
export const starterKinds = ["deno", "node", "bun", "vite"] as const;

/** What a starter is for: a runtime, or pages that Vite builds. */
export type StarterKind = typeof starterKinds[number];

/** A starter: the files to write, and what to do then. */
export interface Starter {
  /** The files, by name. */
  readonly files: { readonly [name: string]: string };
  /** The commands that install the package and run it. */
  readonly steps: readonly string[];
}

/**
 * Finds what a starter is for: by the files of the folder, and where these don't tell, by the runtime
 * that the command runs on.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(findKind(["package.json", "vite.config.ts"], "node"), "vite");
 * assertEquals(findKind(["deno.json"], "node"), "deno");
 * assertEquals(findKind([], "bun"), "bun");
 * ```
 */
export function findKind(
  names: readonly string[],
  runtime: CommandHost["runtime"],
): StarterKind {
  if (names.some((name) => /^vite\.config\.[cm]?[jt]s$/.test(name))) {
    return "vite";
  }
  if (names.some((name) => /^deno\.(?:jsonc?|lock)$/.test(name))) return "deno";
  if (names.some((name) => /^bun(?:\.lockb?|fig\.toml)$/.test(name))) {
    return "bun";
  }
  return names.includes("package.json") ? "node" : runtime;
}

/** Makes the starter for a runtime: a payload to play with, and a program that asks it. */
export function makeStarter(kind: StarterKind): Starter {
  const code = kind === "vite" ? pageCode : programCode;
  const name = kind === "node" ? "flags.mjs" : "flags.ts";
  return {
    files: {
      "flags.json": `${JSON.stringify(payload, null, 2)}\n`,
      [name]: kind === "node" ? withoutTypes(code) : code,
    },
    steps: steps[kind],
  };
}

const payload = {
  features: {
    "new-checkout": {
      defaultValue: false,
      rules: [{ id: "belgium", condition: { country: "be" }, force: true }],
    },
    "order-button": {
      defaultValue: "Buy",
      rules: [{
        id: "button-test",
        key: "order-button",
        variations: ["Buy", "Order"],
        weights: [0.5, 0.5],
        hashVersion: 2,
        meta: [{ key: "control" }, { key: "order" }],
      }],
    },
  },
} as const;

const steps = {
  deno: [
    "deno add npm:@growthstream/sdk",
    "deno run --allow-read flags.ts",
  ],
  node: ["npm install @growthstream/sdk", "node flags.mjs"],
  bun: ["bun add @growthstream/sdk", "bun flags.ts"],
  vite: [
    "npm install @growthstream/sdk",
    `import { flags } from "./flags.ts" in your page`,
  ],
} as const;

const features = `\
// The features of flags.json. \`growthstream types flags.json\` writes this for any payload.
export interface AppFeatures {
  readonly "new-checkout": boolean;
  readonly "order-button": string;
}
`;

const programCode = `\
import { createClient, fileSource } from "@growthstream/sdk/client";

${features}
const flags = createClient<AppFeatures>({
  // Changes of the file arrive while the program runs. For GrowthBook, import growthbookSource
  // from "@growthstream/sdk/growthbook": source: growthbookSource({ clientKey: "sdk-..." })
  source: fileSource(new URL("flags.json", import.meta.url)),
  trackingCallback: (experiment, result) =>
    console.log(\`exposure: \${experiment.key}, variation \${result.key}\`),
});
await flags.ready({ timeout: 5_000 });

// On a server, one client serves all users.
const user = flags.forUser({ attributes: { id: "user-1", country: "be" } });
console.log("new-checkout:", user.isOn("new-checkout"));
console.log("order-button:", user.getFeatureValue("order-button", "Buy"));

await flags.close();
`;

const pageCode = `\
import { parsePayload } from "@growthstream/sdk";
import { createClient, fixedSource } from "@growthstream/sdk/client";
import payload from "./flags.json";

${features}
export const flags = createClient<AppFeatures>({
  // For GrowthBook, import growthbookSource from "@growthstream/sdk/growthbook":
  // source: growthbookSource({ clientKey: "sdk-..." })
  source: fixedSource(parsePayload(payload).payload),
  attributes: { id: "user-1", country: "be" },
  trackingCallback: (experiment, result) =>
    console.log(\`exposure: \${experiment.key}, variation \${result.key}\`),
});

flags.value$("new-checkout", false).subscribe((isOn) =>
  console.log("new-checkout:", isOn)
);
flags.value$("order-button", "Buy").subscribe((label) =>
  console.log("order-button:", label)
);
`;

// Node 20 runs JavaScript alone.
function withoutTypes(code: string): string {
  return code.replace(`${features}\n`, "").replace("<AppFeatures>", "");
}
