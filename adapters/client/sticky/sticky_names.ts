import { attempt } from "../../../core/support/attempt.ts";
import { stickyAttributeValue } from "../../../core/sticky/sticky_document_key.ts";
import type { Context } from "../../../core/types/context.ts";
import type { StickyDocumentName } from "../../sticky/sticky_bucket_store.ts";

/**
 * Gives the names of a user's sticky bucket documents: one for each of the attributes that has a
 * value, and for `id`, by which experiments know users unless they say otherwise.
 */
export function stickyNames(
  context: Context<object>,
  attributes: readonly string[],
): readonly StickyDocumentName[] {
  const { attributes: known, attributeOverrides } = context;
  const user: { readonly [name: string]: unknown } = {
    ...known,
    ...attributeOverrides,
  };
  return [...new Set(["id", ...attributes])]
    .filter((name) => Object.hasOwn(user, name) && isValue(user[name]))
    .map((attributeName) => ({
      attributeName,
      attributeValue: readText(user[attributeName]),
    }))
    .filter(({ attributeValue }) => attributeValue !== "");
}

function isValue(value: unknown): boolean {
  return value !== null && value !== undefined && value !== "" &&
    value !== false;
}

// A value without a JSON text identifies no user.
function readText(value: unknown): string {
  return attempt(() => stickyAttributeValue(value), "") ?? "";
}
