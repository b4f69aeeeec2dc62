import { assertEquals } from "@std/assert";
import { NEVER, Subject } from "rxjs";
import { createClient } from "../../../../adapters/client/mod.ts";
import type { Payload } from "../../../../mod.ts";

const decryptionKey = "Ns04T5n9+59rl2x3SlNHtQ==";

/** A payload that can't be used, since a part of it can't be decrypted; its feature alone would do no harm. */
const sealed = {
  features: { dark: 5 },
  encryptedSavedGroups: "nonsense",
} as unknown as Payload;

Deno.test("status$ names what keeps a payload from being used, whatever else is wrong with it", async () => {
  const source = new Subject<Payload>();
  const client = createClient({ source, decryptionKey, onError: () => {} });
  source.next(sealed);
  const { code } = await client.ready();
  assertEquals(code, "decryption-failed");
  await client.close();
});

for (const name of ["initialPayload", "hydrate"] as const) {
  Deno.test(`a payload that can't be used is told by the name of the option ${name}`, async () => {
    const told = Promise.withResolvers<unknown>();
    const client = createClient({
      source: NEVER,
      decryptionKey,
      onError: told.resolve,
      ...(name === "hydrate"
        ? { hydrate: { version: 1, decisions: {}, payload: sealed } }
        : { initialPayload: sealed }),
    });
    const { message } = await told.promise as Error;
    const start = `Cannot use the option ${name}: Cannot decrypt`;
    assertEquals(message.slice(0, start.length), start);
    await client.close();
  });
}
