import { assertEquals, assertThrows } from "@std/assert";
import { builtIn } from "../../../adapters/support/built_in.ts";

Deno.test("builtIn() gives the modules of the runtime", () => {
  assertEquals(
    builtIn("node:path").basename("/srv/payload.json"),
    "payload.json",
  );
  assertEquals(typeof builtIn("node:fs").watch, "function");
});

Deno.test("builtIn() says so where the runtime has none, as in browsers", () => {
  const { process } = globalThis;
  try {
    Object.assign(globalThis, { process: undefined });
    assertThrows(
      () => builtIn("node:fs"),
      Error,
      'Cannot use files: the current runtime has no module "node:fs", which Node gives from 20.16 on',
    );
  } finally {
    Object.assign(globalThis, { process });
  }
});
