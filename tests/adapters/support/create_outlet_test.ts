import { take } from "rxjs";
import { assertEquals } from "@std/assert";
import { createOutlet } from "../../../adapters/support/create_outlet.ts";

Deno.test("createOutlet() gives each subscriber what is put in from then on", () => {
  const { values$, put } = createOutlet<number>();
  const [early, late]: [number[], number[]] = [[], []];
  values$.subscribe((value) => early.push(value));
  put(1);
  const subscription = values$.subscribe((value) => late.push(value));
  put(2);
  subscription.unsubscribe();
  put(3);
  assertEquals([early, late], [[1, 2, 3], [2]]);
});

Deno.test("createOutlet() lets subscribers come and go while a value is given", () => {
  const { values$, put } = createOutlet<number>();
  const seen: string[] = [];
  const first = values$.subscribe((value) => {
    seen.push(`first ${value}`);
    first.unsubscribe();
    second.unsubscribe();
    values$.subscribe((value) => seen.push(`third ${value}`));
  });
  const second = values$.subscribe((value) => seen.push(`second ${value}`));
  put(1);
  put(2);
  assertEquals(seen, ["first 1", "third 2"]);
});

Deno.test("createOutlet() starts with the first subscriber, and stops after the last", () => {
  const seen: string[] = [];
  const { values$, put } = createOutlet<number>({
    keepsLast: true,
    start: () => {
      seen.push("start");
      put(1);
      return () => seen.push("stop");
    },
  });
  const one = values$.subscribe((value) => seen.push(`one ${value}`));
  const two = values$.subscribe((value) => seen.push(`two ${value}`));
  one.unsubscribe();
  two.unsubscribe();
  assertEquals(seen, ["start", "one 1", "two 1", "stop"]);
});

Deno.test("createOutlet() stops where its first subscriber leaves during the start", () => {
  const seen: string[] = [];
  const { values$, put } = createOutlet<number>({
    start: () => {
      put(1);
      return () => seen.push("stop");
    },
  });
  values$.pipe(take(1)).subscribe((value) => seen.push(`one ${value}`));
  assertEquals(seen, ["one 1", "stop"]);
});

Deno.test("createOutlet() starts again where the start has failed", () => {
  const seen: string[] = [];
  const { values$, put } = createOutlet<number>({
    start: () => {
      seen.push("start");
      if (seen.length === 1) throw new Error("not yet");
      return () => {};
    },
  });
  values$.subscribe({ error: (error) => seen.push(error.message) });
  values$.subscribe((value) => seen.push(`two ${value}`));
  put(2);
  assertEquals(seen, ["start", "not yet", "start", "two 2"]);
});
