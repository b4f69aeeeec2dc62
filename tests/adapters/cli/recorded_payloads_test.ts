import { assertEquals } from "@std/assert";
import { runCommand } from "./run_command.ts";
import { sqliteStore } from "../../../adapters/sqlite/mod.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";
import { open, shop } from "../client/support.ts";

for (const recordPayloads of [true, false]) {
  const outcome = recordPayloads ? "the same" : "not verifiable";
  Deno.test(`verify finds what a client decided ${outcome} where recordPayloads is ${recordPayloads}`, async () => {
    const path = `${temporaryFolder()}/log.db`;
    // A client that starts again finds its payload there.
    for (const id of ["1", "2"]) {
      const store = sqliteStore(path);
      const { client, source } = open({
        store,
        attributes: { id },
        recording: { recordPayloads },
      });
      client.isOn("cta");
      source.next({ features: {} });
      source.next(shop);
      await client.close();
      await store.close();
    }
    const { output, errors } = await runCommand(["verify", path, "--json"]);
    assertEquals(errors, "");
    const [{ users, same, different }] = JSON.parse(output);
    assertEquals({ users, same, different }, {
      users: 2,
      same: recordPayloads ? 2 : 0,
      different: 0,
    });
  });
}
