import type { Context } from "../../core/types/context.ts";

/** The user to evaluate for, as the body of a request says, or what is wrong with it. */
export type EvaluationRequest =
  | {
    readonly kind: "user";
    readonly context: Pick<
      Context,
      "attributes" | "forcedVariations" | "forcedFeatureValues" | "url"
    >;
  }
  | { readonly kind: "invalid"; readonly error: string };

/** Reads the body of a request for remote evaluation: as strictly as GrowthBook Proxy does. */
export function readEvaluationRequest(text: string): EvaluationRequest {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return invalid("The body is not JSON");
  }
  if (!isRecord(body)) return invalid("The body is not an object");
  const {
    attributes = {},
    forcedVariations = {},
    forcedFeatures = [],
    url = "",
  } = body;
  if (!isRecord(attributes)) return invalid("attributes is not an object");
  if (!isRecord(forcedVariations)) {
    return invalid("forcedVariations is not an object");
  }
  if (
    !Object.values(forcedVariations).every((index) => typeof index === "number")
  ) {
    return invalid("forcedVariations holds something other than numbers");
  }
  if (!Array.isArray(forcedFeatures) || !forcedFeatures.every(isEntry)) {
    return invalid(
      "forcedFeatures is not a list of pairs of a key and a value",
    );
  }
  if (typeof url !== "string") return invalid("url is not a text");
  const context = {
    attributes,
    forcedVariations,
    forcedFeatureValues: Object.fromEntries(forcedFeatures),
    url,
  } as (EvaluationRequest & { readonly kind: "user" })["context"];
  return { kind: "user", context };
}

function invalid(error: string): EvaluationRequest {
  return { kind: "invalid", error };
}

function isRecord(
  value: unknown,
): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isEntry(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 &&
    typeof value[0] === "string";
}
