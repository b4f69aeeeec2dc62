import type { JsonValue } from "../../../core/types/json.ts";
import type { DescribedResult } from "./describe_result.ts";
import type { Resolution } from "./resolution.ts";

/** The types of value that OpenFeature asks for. */
export const flagTypes = ["boolean", "string", "number", "object"] as const;

/** A type of value that OpenFeature asks for. */
export type FlagType = typeof flagTypes[number];

/**
 * Makes what OpenFeature gets of a described result: the value where it is of the type that is asked
 * for, and the caller's default otherwise. A feature without a value, null, gives the default without
 * an error. `"object"` takes an object where the default is one, a list where the default is a list,
 * and either where the default is null.
 *
 * @example
 * ```ts
 * import { resolveValue } from "./resolve_value.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const described = { value: [1], reason: "STATIC", error: null, flagMetadata: {} } as const;
 * const { value, errorCode } = resolveValue(described, "object", { a: 1 });
 * assertEquals([value, errorCode], [{ a: 1 }, "TYPE_MISMATCH"]);
 * ```
 */
export function resolveValue<Value>(
  { value, reason, variant, error, flagMetadata }: DescribedResult,
  type: FlagType,
  defaultValue: Value,
): Resolution<Value> {
  const fail = (
    { code, message }: NonNullable<DescribedResult["error"]>,
  ): Resolution<Value> => ({
    value: defaultValue,
    reason: "ERROR",
    errorCode: code,
    errorMessage: message,
    flagMetadata,
  });
  if (error !== null) return fail(error);
  const named = variant === undefined ? {} : { variant };
  if (value === null) {
    const why = reason === "DISABLED" ? reason : "DEFAULT";
    return { value: defaultValue, reason: why, ...named, flagMetadata };
  }
  return fits(value, type, defaultValue)
    ? { value: value as Value, reason, ...named, flagMetadata }
    : fail({
      code: "TYPE_MISMATCH",
      message: `The value is ${nameKind(kindOf(value))}, and ${
        nameKind(type === "object" ? kindOf(defaultValue) : type)
      } was asked for`,
    });
}

function fits(value: JsonValue, type: FlagType, wanted: unknown): boolean {
  const kind = kindOf(value);
  if (type !== "object") return kind === type;
  return wanted === null || wanted === undefined
    ? typeof value === "object"
    : kind === kindOf(wanted);
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? "list" : typeof value;
}

function nameKind(kind: string): string {
  return kind === "object" ? "an object" : `a ${kind}`;
}
