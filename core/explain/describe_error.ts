/** Gives the message of whatever was thrown, hostile things included. */
export function describeError(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error);
  } catch {
    return "something that can't be described was thrown";
  }
}
