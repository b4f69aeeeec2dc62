import { assertEquals } from "@std/assert";
import { fixedSource } from "../../../adapters/sources/fixed_source.ts";
import { openInbox } from "../../support/streams/open_inbox.ts";

const payload = { features: { chat: { defaultValue: true } } };

Deno.test("fixed() gives each subscriber the payload at once", () => {
  const source = fixedSource(payload);
  assertEquals(openInbox(source).takeAll(), [payload]);
  assertEquals(openInbox(source).takeAll(), [payload]);
});

Deno.test("fixed() reports that it is well and never changes", () => {
  assertEquals(openInbox(fixedSource(payload).reports$!).takeAll(), [
    { type: "ok", updates: "none" },
  ]);
});

Deno.test("fixed() has nothing to refresh", async () => {
  assertEquals(await fixedSource(payload).refresh!(), undefined);
});
