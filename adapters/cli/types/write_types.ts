import type { Payload } from "../../../core/mod.ts";
import { escapeText } from "../text/escape_text.ts";
import { wrapText } from "../text/wrap_text.ts";
import { propertyName, typeOfValues } from "./type_of_values.ts";

/** How much of a default value stands in a comment, in characters. */
const longest = 120;

const head = `\
/**
 * The features of this application, as its payload defines them. This file is written by
 * \`growthstream types\`: changes by hand are lost.
 */
export interface AppFeatures {
`;

/**
 * Writes the interface `AppFeatures` of a payload: the type of each feature's values, with its
 * description, where the payload has one, and its default value as a comment. The features are in the
 * order of their keys, so that the same features always give the same text.
 *
 * The type of a feature is that of all values which its default and its rules can give. Null is not
 * part of it, because a feature that is null gets the fallback of the application.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 *
 * const payload = { features: { chat: { defaultValue: false } } };
 * assertStringIncludes(
 *   writeTypes(payload),
 *   "  /** Default: `false`. *\u002f\n  readonly chat: boolean;\n",
 * );
 * ```
 */
export function writeTypes({ features }: Pick<Payload, "features">): string {
  const fields = Object.keys(features).sort().map((key) => {
    const definition = features[key] as Definition;
    const type = typeOfValues(valuesOf(definition), "  ");
    return `${comment(definition)}  readonly ${propertyName(key)}: ${type};\n`;
  });
  return `${head}${fields.join("\n")}}\n`;
}

/** What is read of a feature; nothing in a payload is sure to be what it should be. */
interface Definition {
  readonly description?: unknown;
  readonly defaultValue?: unknown;
  readonly rules?: unknown;
}

function valuesOf({ defaultValue, rules }: Definition): readonly unknown[] {
  const ofRules = Array.isArray(rules) ? rules.flatMap(valuesOfRule) : [];
  return [defaultValue, ...ofRules].filter((value) =>
    value !== undefined && value !== null
  );
}

function valuesOfRule(rule: unknown): readonly unknown[] {
  if (typeof rule !== "object" || rule === null) return [];
  const { force, variations, contextualVariations } = rule as {
    readonly [name: string]: unknown;
  };
  return [
    ...Object.hasOwn(rule, "force") ? [force] : [],
    ...Array.isArray(variations) ? variations : [],
    ...Array.isArray(contextualVariations) ? contextualVariations : [],
  ];
}

function comment({ description, defaultValue }: Definition): string {
  const value = JSON.stringify(defaultValue ?? null);
  const shown = value.length > longest ? `${value.slice(0, longest)}…` : value;
  const told = typeof description === "string" ? description.trim() : "";
  const text = `Default: \`${inComment(shown)}\`.`;
  const lines = [
    ...told.split(/\r?\n/).slice(0, 20).flatMap((line) =>
      line.trim() === "" ? [] : wrapText(inComment(line.trim()), 90)
    ),
    text,
  ];
  return lines.length === 1
    ? `  /** ${text} */\n`
    : `  /**\n${lines.map((line) => `   * ${line}\n`).join("")}   */\n`;
}

// Nothing may end the comment, and no character may hide what follows.
function inComment(text: string): string {
  return escapeText(text).replaceAll("*/", "*\\/");
}
