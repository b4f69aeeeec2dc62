import { assertEquals, assertRejects } from "@std/assert";
import { sqliteStore, storageFailure } from "../../../adapters/sqlite/mod.ts";
import { customEvent } from "../../support/events/custom_event.ts";
import { mountDisk } from "./mount_disk.ts";

const disk = mountDisk(512);

Deno.test({
  name:
    "sqliteStore() takes nothing of a batch that fills the disk, and goes on when there is room",
  ignore: disk === null,
  async fn() {
    const { path: folder, unmount } = disk!;
    try {
      const ballast = `${folder}/ballast`;
      Deno.writeFileSync(ballast, new Uint8Array(200_000));
      const store = sqliteStore(`${folder}/log.db`);
      const kept: string[] = [];
      let batch = 0;
      const next = () =>
        Array.from(
          { length: 50 },
          (_, index) => customEvent(`${batch}-${index}-${"x".repeat(100)}`),
        );
      const failure = await assertRejects(
        async () => {
          for (;; batch++) {
            kept.push(...(await store.append(next())).map(({ id }) => id));
          }
        },
        Error,
        "Cannot append: the disk is full",
      );
      assertEquals(storageFailure(failure).code, "full");
      assertEquals((await store.read(0, 10_000)).map(({ id }) => id), kept);
      Deno.removeSync(ballast);
      const recorded = await store.append(next());
      assertEquals(recorded[0]!.position, kept.length + 1);
      await store.close();
    } finally {
      unmount();
    }
  },
});
