import type { EntrySize } from "./entry_size.ts";

/** The file with the figures. */
export const figuresFile: URL = new URL("figures.json", import.meta.url);

/**
 * The most bytes that each entry may have. An entry that grows past them fails the gate, so that growth
 * is a decision: `deno task size --write` makes it.
 */
export const figures: Readonly<Record<string, EntrySize>> = JSON.parse(
  Deno.readTextFileSync(figuresFile),
);
