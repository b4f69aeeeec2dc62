import type { Attributes } from "../../../core/types/attributes.ts";
import { readAttributes } from "../../openfeature/mapping/read_attributes.ts";

/** Whom a request is about, or what is wrong with it. */
export type OfrepRequest =
  | {
    readonly kind: "user";
    readonly attributes: Attributes;
    /** What identifies the user; null where nothing does. */
    readonly contextId: string | null;
  }
  | {
    readonly kind: "invalid";
    readonly errorCode: "PARSE_ERROR" | "INVALID_CONTEXT";
    readonly errorDetails: string;
  };

/**
 * Reads the body of a request of OFREP: `{ context: { targetingKey, … } }`. A body that is empty, or
 * has no context, is about a user without attributes.
 *
 * @example
 * ```ts
 * import { readOfrepRequest } from "./read_ofrep_request.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const read = readOfrepRequest('{"context":{"targetingKey":"7"}}');
 * assertEquals(read, { kind: "user", attributes: { id: "7" }, contextId: "7" });
 * assertEquals(readOfrepRequest('{"context":[]}').kind, "invalid");
 * ```
 */
export function readOfrepRequest(text: string): OfrepRequest {
  let body: unknown;
  try {
    body = text === "" ? {} : JSON.parse(text);
  } catch {
    return invalid("PARSE_ERROR", "The body is not JSON");
  }
  if (!isRecord(body)) {
    return invalid("PARSE_ERROR", "The body is not an object");
  }
  const context = Object.hasOwn(body, "context") ? body["context"] : {};
  if (!isRecord(context)) {
    return invalid("INVALID_CONTEXT", "The context is not an object");
  }
  const key = Object.hasOwn(context, "targetingKey")
    ? context["targetingKey"]
    : "";
  if (typeof key !== "string") {
    return invalid("INVALID_CONTEXT", "The targetingKey is not a text");
  }
  const { attributes, contextId } = readAttributes(context, "id");
  return { kind: "user", attributes, contextId };
}

function invalid(
  errorCode: "PARSE_ERROR" | "INVALID_CONTEXT",
  errorDetails: string,
): OfrepRequest {
  return { kind: "invalid", errorCode, errorDetails };
}

function isRecord(
  value: unknown,
): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
