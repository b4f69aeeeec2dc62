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
