/** Gives a value of an attribute as the text by which a user is known. */
export function valueText(value: unknown): string {
  return typeof value === "object" && value !== null
    ? JSON.stringify(value)
    : String(value);
}
