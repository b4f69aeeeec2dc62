import process from "node:process";
import { readFileSync } from "node:fs";
import { type Context, decideFeature } from "../../mod.ts";

// Decides the contexts of a file, for all keys, and prints the decisions as JSON.
const [contexts, keys]: [Context[], string[]] = JSON.parse(
  readFileSync(process.argv[2] ?? "", "utf8"),
);
console.log(
  JSON.stringify(
    contexts.map((context) => keys.map((key) => decideFeature(context, key))),
  ),
);
