import { escapeText } from "../text/escape_text.ts";

/** Deeper values, and objects with more names than this, are of a general type. */
const deepest = 8;
const mostNames = 200;

/**
 * Writes the TypeScript type of values: of JSON, with every field and array `readonly`. Objects get
 * the fields that any of them has, optional where one lacks it. Fields are in the order of their
 * names, so the same values always give the same text; `indent` is that of the lines after the first.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(typeOfValues([1, "one", null]), "number | string | null");
 * assertEquals(typeOfValues([["a"], []]), "readonly string[]");
 * assertEquals(typeOfValues([{ a: 1 }, {}]), "{\n  readonly a?: number;\n}");
 * ```
 */
export function typeOfValues(values: readonly unknown[], indent = ""): string {
  return join(partsOf(values, indent, 0));
}

function join(parts: readonly string[]): string {
  return parts.length === 0 ? "unknown" : parts.join(" | ");
}

/** The types that values have, of which each has one. */
function partsOf(
  values: readonly unknown[],
  indent: string,
  depth: number,
): readonly string[] {
  const kinds = new Set<string>(values.map((value) => typeof value));
  return [
    ...scalars.filter((name) => kinds.has(name)),
    ...arrayType(values.filter(Array.isArray), indent, depth),
    ...objectType(values.filter(isRecord), indent, depth),
    ...values.some((value) => value === null) ? ["null"] : [],
  ];
}

const scalars = ["boolean", "number", "string"] as const;

function arrayType(
  arrays: readonly (readonly unknown[])[],
  indent: string,
  depth: number,
): readonly string[] {
  if (arrays.length === 0) return [];
  if (depth >= deepest) return ["readonly unknown[]"];
  const parts = partsOf(arrays.flat(), indent, depth + 1);
  const needsBrackets = parts.length > 1 || parts[0]?.startsWith("readonly ");
  return [
    needsBrackets ? `readonly (${join(parts)})[]` : `readonly ${join(parts)}[]`,
  ];
}

function objectType(
  objects: readonly { readonly [name: string]: unknown }[],
  indent: string,
  depth: number,
): readonly string[] {
  if (objects.length === 0) return [];
  const names = [...new Set(objects.flatMap(Object.keys))].sort();
  if (depth >= deepest || names.length === 0 || names.length > mostNames) {
    return ["Readonly<Record<string, unknown>>"];
  }
  const inner = `${indent}  `;
  const fields = names.map((name) => {
    const having = objects.filter((each) => Object.hasOwn(each, name));
    const optional = having.length < objects.length ? "?" : "";
    const parts = partsOf(having.map((each) => each[name]), inner, depth + 1);
    return `${inner}readonly ${propertyName(name)}${optional}: ${join(parts)};`;
  });
  return [`{\n${fields.join("\n")}\n${indent}}`];
}

/**
 * Writes the name of a property: as it is where TypeScript takes that, and quoted otherwise, with
 * every character escaped that could end the quotes, break the line or hide something.
 */
export function propertyName(name: string): string {
  return /^[a-z_$][\w$]*$/i.test(name)
    ? name
    : escapeText(JSON.stringify(name));
}

function isRecord(
  value: unknown,
): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
