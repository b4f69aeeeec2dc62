import { describeReadError } from "../../cli/payload/describe_read_error.ts";
import { readTextFile } from "../../cli/payload/read_text_file.ts";
import type { Overrides } from "./apply_overrides.ts";

/** Overrides that were read from a file, or that there is no such file, or why none could be read. */
export type LoadedOverrides =
  | { readonly kind: "loaded"; readonly overrides: Overrides }
  | { readonly kind: "missing" }
  | { readonly kind: "unusable"; readonly message: string };

/** Reads overrides from a file: a JSON object with the value of each feature. Never rejects. */
export async function loadOverrides(path: string): Promise<LoadedOverrides> {
  let text: string;
  try {
    text = await readTextFile(path);
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    if (code === "ENOENT") return { kind: "missing" };
    return unusable(describeReadError(path, error as Error));
  }
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ""));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return { kind: "loaded", overrides: value as Overrides };
    }
    return unusable(
      `Cannot use the overrides: { "key": value, … } is needed`,
    );
  } catch {
    return unusable("Cannot use the overrides: they are not JSON");
  }
}

function unusable(message: string): LoadedOverrides {
  return { kind: "unusable", message };
}
