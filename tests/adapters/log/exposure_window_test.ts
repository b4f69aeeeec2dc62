import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  type ExposureIdentity,
  exposureWindow,
} from "../../../adapters/log/exposure_window.ts";
import { testLaw } from "../../support/test_law.ts";

Deno.test("exposureWindow() lets A, then B, then A again give A and B", () => {
  const seen = exposureWindow();
  assertEquals(seen.mark("id", "7", "button", "0"), true);
  assertEquals(seen.mark("id", "7", "button", "1"), true);
  assertEquals(seen.mark("id", "7", "button", "0"), false);
});

Deno.test("exposureWindow() forgets the oldest past its capacity", () => {
  const seen = exposureWindow({ capacity: 2 });
  for (const id of ["a", "b", "c"]) seen.mark("id", id, "button", "0");
  assertEquals(seen.size(), 2);
  assertEquals(seen.mark("id", "c", "button", "0"), false);
  assertEquals(seen.mark("id", "b", "button", "0"), false);
  assertEquals(seen.mark("id", "a", "button", "0"), true);
});

Deno.test("exposureWindow() forgets what is too old", async () => {
  let now = 0;
  const seen = exposureWindow({ maxAge: 1000, clock: { now: () => now } });
  const markAt = async (time: number) => {
    now = time;
    // The time is the same for all that happens in one turn.
    await Promise.resolve();
    return seen.mark("id", "7", "button", "0");
  };
  assertEquals(await markAt(0), true);
  assertEquals(await markAt(999), false);
  assertEquals(await markAt(1000), true);
  assertEquals(await markAt(1999), false);
  assertEquals(seen.size(), 1);
});

Deno.test("exposureWindow() asks for the time once in a turn", async () => {
  let asked = 0;
  const seen = exposureWindow({ clock: { now: () => asked++ } });
  for (let index = 0; index < 10; index++) seen.mark("id", "7", "button", "0");
  assertEquals(asked, 1);
  await Promise.resolve();
  seen.mark("id", "7", "button", "0");
  assertEquals(asked, 2);
});

Deno.test("exposureWindow() remembers nothing with a capacity of 0, and hides nothing", () => {
  const seen = exposureWindow({ capacity: 0 });
  assertEquals(seen.mark("id", "7", "button", "0"), true);
  assertEquals(seen.mark("id", "7", "button", "0"), true);
});

Deno.test("exposureWindow() forgets everything when it is cleared", () => {
  const seen = exposureWindow();
  seen.mark("id", "7", "button", "0");
  seen.clear();
  assertEquals(seen.size(), 0);
  assertEquals(seen.mark("id", "7", "button", "0"), true);
});

Deno.test("exposureWindow() holds little while exposures come and are taken back", () => {
  const seen = exposureWindow({ capacity: 10 });
  for (let index = 0; index < 100_000; index++) {
    seen.mark("id", index, "button", "0");
    seen.unmark("id", index, "button", "0");
  }
  assertEquals(seen.size(), 0);
});

const arbitraryPart = fc.constantFrom(
  "",
  "7",
  "id",
  "__proto__",
  "constructor",
  "\0json {}",
  "\0text ",
  "a|b",
  "a",
  "|b",
);
const arbitraryValue = fc.oneof(
  arbitraryPart,
  fc.constantFrom<unknown>(7, 0, true, false, null, {}, [], [7], ["7"], {
    a: 1,
  }),
);
const arbitraryIdentity: fc.Arbitrary<ExposureIdentity> = fc.tuple(
  arbitraryPart,
  arbitraryValue,
  arbitraryPart,
  fc.constantFrom("0", "1"),
);

testLaw(
  "exposureWindow() always tells exposures apart by all that they are",
  2000,
  [arbitraryIdentity, arbitraryIdentity],
  (one, other) => {
    const seen = exposureWindow();
    seen.mark(...one);
    const isSame = JSON.stringify(one) === JSON.stringify(other);
    assertEquals(seen.mark(...other), !isSame);
  },
);

testLaw(
  "exposureWindow() never hides an exposure, and repeats none of the last ones",
  300,
  [
    fc.integer({ min: 1, max: 6 }),
    fc.array(fc.tuple(fc.boolean(), arbitraryIdentity), { maxLength: 60 }),
  ],
  (capacity, steps) => {
    const seen = exposureWindow({ capacity });
    let model: string[] = [];
    for (const [isMark, identity] of steps) {
      const text = JSON.stringify(identity);
      if (isMark) {
        assertEquals(seen.mark(...identity), !model.includes(text));
        if (!model.includes(text)) model = [...model, text].slice(-capacity);
      } else {
        seen.unmark(...identity);
        model = model.filter((known) => known !== text);
      }
      assertEquals(seen.size(), model.length);
    }
  },
);

Deno.test("exposureWindow() forgets what was marked ahead of a clock that was put back", async () => {
  let now = 1e12;
  const seen = exposureWindow({ maxAge: 1000, clock: { now: () => now } });
  seen.mark("id", "7", "button", "0");
  now = 1e11;
  await Promise.resolve();
  assertEquals(seen.mark("id", "7", "button", "0"), true);
});

Deno.test("exposureWindow() keeps apart values that have no JSON", () => {
  const one: Record<string, unknown> = {};
  const other: Record<string, unknown> = {};
  one["self"] = one;
  other["self"] = other;
  const seen = exposureWindow();
  assertEquals(seen.mark("id", one, "button", "0"), true);
  assertEquals(seen.mark("id", other, "button", "0"), true);
  assertEquals(seen.mark("id", one, "button", "0"), false);
});

const identityOf = (value: string) => ["id", value, "e", "0"] as const;

Deno.test("exposureWindow() takes over another window as if that had been marked first", () => {
  const options = { capacity: 2, maxAge: 100, clock: { now: () => 150 } };
  const seen = exposureWindow(options);
  seen.mark("id", "c", "e", "0");
  const earlier = exposureWindow(options);
  earlier.restore({ identity: identityOf("a"), time: 60 });
  earlier.restore({ identity: identityOf("b"), time: 100 });
  earlier.restore({ identity: identityOf("c"), time: 110 });
  seen.prepend(earlier);
  assertEquals(seen.size(), 2);
  assertEquals(seen.markAt(199, ...identityOf("b")), false);
  // Its age counts from when it was recorded first.
  assertEquals(seen.markAt(209, ...identityOf("c")), false);
  assertEquals(seen.markAt(210, ...identityOf("c")), true);
  assertEquals(seen.markAt(210, ...identityOf("a")), true);
});

Deno.test("exposureWindow() restores exposures whatever a wrong clock said of others", () => {
  const seen = exposureWindow({ maxAge: 100, clock: { now: () => 1000 } });
  seen.restore({ identity: identityOf("a"), time: 990 });
  seen.restore({ identity: identityOf("wrong"), time: 0 });
  seen.restore({ identity: identityOf("b"), time: 991 });
  assertEquals(seen.mark(...identityOf("a")), false);
  assertEquals(seen.mark(...identityOf("b")), false);
  assertEquals(seen.mark(...identityOf("wrong")), true);
});
