import { assertEquals } from "@std/assert";
import { openConnection } from "../../../../adapters/sqlite/file/connection.ts";
import { queries } from "../../../../adapters/sqlite/file/queries.ts";

for (const name of ["read", "lanesOf"] as const) {
  Deno.test(`The query \`${name}\` looks at the blocks of a part of the log alone`, () => {
    const { database } = openConnection({ path: ":memory:" });
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${queries[name]}`).all();
    const steps = plan.map(({ detail }) => String(detail))
      .filter((step) => step.includes("blocks"));
    assertEquals(steps, [
      "SEARCH blocks USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)",
    ]);
    database.close();
  });
}
