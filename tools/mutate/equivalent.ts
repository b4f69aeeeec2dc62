import type { Mutant } from "./mutant.ts";

/** A mutant that no test can notice, because it does the same. */
export interface Equivalent
  extends Pick<Mutant, "file" | "within" | "before" | "after"> {
  /** Why it does the same. */
  readonly reason: string;
}

/** Tells a mutant from all others, whatever line it has moved to. */
export function mutantKey(
  { file, within, before, after }: Omit<Equivalent, "reason">,
): string {
  return JSON.stringify([file, within, before, after]);
}
