import { convertible } from "../support/is_list.ts";

/** Gives the key under which the sticky buckets of an attribute's value are kept. */
export function stickyDocumentKey(attribute: string, value: unknown): string {
  return `${attribute}||${stickyAttributeValue(value)}`;
}

/** Gives the text under which an attribute's value is kept: a value other than a text as JSON. */
export function stickyAttributeValue(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(convertible(value));
}
