import type { Access } from "../file/create_access.ts";
import type { SqliteStore } from "../sqlite_options.ts";
import { writeText } from "../file/stored_text.ts";

interface Row {
  readonly position: number;
  readonly state: string;
}

/** The operations of a store on what its projections have come to. */
export function snapshotOperations(
  { use }: Access,
): Pick<SqliteStore, "saveSnapshot" | "loadSnapshot" | "clearSnapshots"> {
  return {
    saveSnapshot: ({ name, version, position, state }) =>
      use("save a snapshot", ({ statements }) => {
        const text = JSON.stringify(state);
        statements.saveSnapshot.run(writeText(name), version, position, text);
      }),
    loadSnapshot: (name, version) =>
      use("load a snapshot", ({ statements }) => {
        const row = statements.loadSnapshot.get(writeText(name), version);
        if (row === undefined) return null;
        const { position, state: text } = row as unknown as Row;
        const state = parse(text);
        return state === undefined ? null : { name, version, position, state };
      }),
    clearSnapshots: () =>
      use("clear the snapshots", ({ statements }) => {
        statements.clearSnapshots.run();
      }),
  };
}

// What can't be read is folded again.
function parse(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
