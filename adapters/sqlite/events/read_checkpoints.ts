import type { Connection } from "../file/connection.ts";
import { readText } from "../file/stored_text.ts";

/** Gives the checkpoints of all consumers that ever committed, by name. */
export function readCheckpoints(
  { statements }: Connection,
): ReadonlyMap<string, number> {
  const rows = statements.checkpoints.all() as unknown as readonly (
    { readonly consumer: string; readonly position: number }
  )[];
  return new Map(
    rows.map(({ consumer, position }) => [readText(consumer), position]),
  );
}
