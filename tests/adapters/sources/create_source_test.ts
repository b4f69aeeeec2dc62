import { assertEquals } from "@std/assert";
import {
  createSource,
  type SourceOutlets,
} from "../../../adapters/sources/create_source.ts";
import type { Payload } from "../../../core/types/payload.ts";

const [one, two]: Payload[] = [{ features: { a: {} } }, { features: {} }];

Deno.test("createSource() starts with the first subscriber and stops with the last", () => {
  const { source, calls } = scripted(() => {});
  const first = source.subscribe();
  const second = source.subscribe();
  first.unsubscribe();
  assertEquals(calls, ["start"]);
  second.unsubscribe();
  assertEquals(calls, ["start", "stop"]);
  source.subscribe().unsubscribe();
  assertEquals(calls, ["start", "stop", "start", "stop"]);
});

Deno.test("createSource() gives a later subscriber the last payload, and the next one to all", () => {
  const { source, outlets } = scripted(() => {});
  const seen: [string, Payload][] = [];
  source.subscribe((payload) => seen.push(["first", payload]));
  outlets()!.emit(one!);
  source.subscribe((payload) => seen.push(["second", payload]));
  outlets()!.emit(two!);
  assertEquals(seen, [
    ["first", one!],
    ["second", one!],
    ["first", two!],
    ["second", two!],
  ]);
});

Deno.test("createSource() forgets the last payload when it stops", () => {
  const { source, outlets } = scripted(() => {});
  const first = source.subscribe();
  const before = outlets()!;
  before.emit(one!);
  first.unsubscribe();
  const seen: Payload[] = [];
  source.subscribe((payload) => seen.push(payload));
  before.emit(two!);
  assertEquals(seen, []);
});

Deno.test("createSource() stops what a subscriber left while it started", () => {
  const { source, calls } = scripted(({ emit }) => emit(one!));
  const seen: Payload[] = [];
  source.forEach((payload) => {
    seen.push(payload);
    throw new Error("enough");
  }).catch(() => {});
  assertEquals([seen, calls], [[one!], ["start", "stop"]]);
});

Deno.test("createSource() tells all subscribers that it can't start, and can be tried again", () => {
  let isBroken = true;
  const source = createSource(() => {
    if (isBroken) throw new Error("broken");
    return { refresh: () => Promise.resolve(), stop: () => {} };
  });
  const errors: unknown[] = [];
  source.subscribe({ error: ({ message }) => errors.push(message) });
  isBroken = false;
  source.subscribe({ error: ({ message }) => errors.push(message) });
  assertEquals(errors, ["broken"]);
});

function scripted(onStart: (outlets: SourceOutlets) => void) {
  const calls: string[] = [];
  let given: SourceOutlets | null = null;
  const source = createSource((outlets) => {
    calls.push("start");
    given = outlets;
    onStart(outlets);
    return {
      refresh: () => Promise.resolve(),
      stop: () => {
        calls.push("stop");
      },
    };
  });
  return { source, calls, outlets: () => given };
}
