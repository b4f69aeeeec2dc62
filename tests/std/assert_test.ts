// What the tests rely on, in the stand-in as in the real package.
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertFalse,
  AssertionError,
  assertMatch,
  assertNotEquals,
  assertRejects,
  assertStrictEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import { runs } from "../support/runs.ts";

function fails(assertion: () => void, text = ""): void {
  let thrown: unknown;
  try {
    assertion();
  } catch (error) {
    thrown = error;
  }
  if (!(thrown instanceof AssertionError)) {
    throw new Error("Expected an AssertionError");
  }
  if (!thrown.message.includes(text)) throw new Error(thrown.message);
}

Deno.test("assert() fails on a falsy value", () => {
  assert(1);
  fails(() => assert("", "it is empty"), "it is empty");
});

Deno.test("assert() narrows the type", () => {
  const value: string | undefined = ["a"].at(0);
  assert(value !== undefined);
  assertStrictEquals(value.length, 1);
});

Deno.test("assertFalse() fails on a truthy value", () => {
  assertFalse(0);
  fails(() => assertFalse("a", "it is full"), "it is full");
});

Deno.test("assertEquals() compares deeply, whatever the order of keys", () => {
  assertEquals({ a: [1, { b: 2 }], c: 3 }, { c: 3, a: [1, { b: 2 }] });
  assertEquals(new Map([["a", { b: 1 }]]), new Map([["a", { b: 1 }]]));
  assertEquals(new Set([1, 2]), new Set([2, 1]));
  fails(() => assertEquals({ a: [1, 2] }, { a: [2, 1] }));
  fails(() => assertEquals<unknown>({ a: 1 }, { a: "1" }));
  fails(() => assertEquals<unknown>([1], { 0: 1 }));
});

Deno.test("assertEquals() tells a missing key from undefined", () => {
  fails(() => assertEquals<unknown>({ a: undefined }, {}));
  fails(() => assertEquals<unknown>({ a: undefined }, { b: undefined }));
});

Deno.test("assertEquals() takes -0 for 0, and NaN for NaN", () => {
  assertEquals(-0, 0);
  assertEquals([{ a: -0 }], [{ a: 0 }]);
  assertEquals([NaN], [NaN]);
});

Deno.test("assertEquals() takes a record without a prototype for a plain one", () => {
  assertEquals<unknown>(Object.create(null), {});
  assertEquals(
    Object.assign(Object.create(null), { a: { b: 1 } }),
    { a: { b: 1 } },
  );
});

Deno.test("assertEquals() takes a frozen value for one that is not", () => {
  assertEquals(Object.freeze({ a: Object.freeze([1]) }), { a: [1] });
});

Deno.test("assertEquals() sees a key named __proto__", () => {
  fails(() => assertEquals(JSON.parse('{"__proto__":1}'), {}));
});

Deno.test("assertEquals() compares cycles", () => {
  function ring(a: number): unknown {
    const value: { a: number; self?: unknown } = { a };
    value.self = value;
    return value;
  }
  assertEquals(ring(1), ring(1));
  fails(() => assertEquals(ring(1), ring(2)));
});

Deno.test("assertEquals() takes an instance of another class for another value", () => {
  class Point {
    constructor(readonly x: number) {}
  }
  assertEquals(new Point(-0), new Point(0));
  fails(() => assertEquals<unknown>(new Point(1), { x: 1 }));
  fails(() => assertEquals(new Point(1), new Point(2)));
  fails(() => assertEquals<unknown>(new Map(), new Set()));
});

Deno.test("assertEquals() sees what can't be enumerated only in instances of classes", () => {
  const hidden = (value: object, y: number): object =>
    Object.defineProperty(value, "y", { value: y });
  class Empty {}
  assertEquals(hidden({}, 1), hidden({}, 2));
  fails(() => assertEquals(hidden(new Empty(), 1), hidden(new Empty(), 2)));
});

Deno.test("assertEquals() tells errors apart by their stacks too", () => {
  const errors = [1, 2].map(() => new Error("a"));
  assertEquals(errors[0], errors[1]);
  fails(() => assertEquals(new Error("a"), new Error("a")));
  fails(() => assertEquals(new Error("a"), new Error("b")));
});

Deno.test("assertEquals() compares what keeps its value inside", () => {
  assertEquals(new Date(1), new Date(1));
  assertEquals(new Date(NaN), new Date(NaN));
  assertEquals(/a/g, /a/g);
  assertEquals(new URL("https://a.b/"), new URL("https://a.b"));
  assertEquals(new Uint8Array([1, 2]), new Uint8Array([1, 2]));
  assertEquals(new Float64Array([NaN, -0]), new Float64Array([NaN, 0]));
  fails(() => assertEquals(new Date(1), new Date(2)));
  fails(() => assertEquals(/a/g, /a/));
  fails(() => assertEquals(new URL("https://a.b"), new URL("https://a.c")));
  fails(() => assertEquals(new Uint8Array([1]), new Uint8Array([2])));
  fails(() => assertEquals(new Uint8Array(1).buffer, new Uint8Array(2).buffer));
});

Deno.test("assertEquals() looks for the keys of a map and the members of a set by their value", () => {
  assertEquals(new Map([[{ a: 1 }, 1]]), new Map([[{ a: 1 }, 1]]));
  assertEquals(new Set([{ a: 1 }, { a: 2 }]), new Set([{ a: 2 }, { a: 1 }]));
  assertEquals(new Map([[NaN, -0]]), new Map([[NaN, 0]]));
  fails(() => assertEquals(new Map([[{ a: 1 }, 1]]), new Map([[{ a: 2 }, 1]])));
  fails(() => assertEquals(new Set([{ a: 1 }]), new Set([{ a: 2 }])));
  fails(() => assertEquals(new Map([["a", 1]]), new Map([["a", 2]])));
  fails(() => assertEquals(new Map([["a", undefined]]), new Map()));
});

Deno.test("assertEquals() tells a hole from undefined", () => {
  fails(() => assertEquals(new Array(1), [undefined]));
});

Deno.test("assertEquals() takes a function only for itself", () => {
  assertEquals(assert, assert);
  fails(() => assertEquals(() => 1, () => 1));
});

Deno.test("assertEquals() refuses weak collections", () => {
  assertThrows(() => assertEquals(new WeakMap(), new WeakMap()), TypeError);
  assertThrows(() => assertEquals(new WeakSet(), new WeakSet()), TypeError);
});

Deno.test("assertEquals() shows the message", () => {
  fails(() => assertEquals(1, 2, "one is not two"), "one is not two");
});

Deno.test("assertEquals() takes a value for its copy", () => {
  fc.assert(
    fc.property(
      fc.anything({ withNullPrototype: true }),
      (value) => assertEquals(structuredClone(value), value),
    ),
    runs(100),
  );
});

Deno.test("assertEquals() and assertNotEquals() never agree", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      let equal = true;
      try {
        assertEquals(a, b);
      } catch {
        equal = false;
      }
      if (equal) fails(() => assertNotEquals(a, b));
      else assertNotEquals(a, b);
    }),
    runs(100),
  );
});

Deno.test("assertNotEquals() fails on equal values", () => {
  assertNotEquals({ a: 1 }, { a: 2 });
  fails(() => assertNotEquals({ a: -0 }, { a: 0 }, "both zero"), "both zero");
});

Deno.test("assertStrictEquals() compares with Object.is", () => {
  const value = {};
  assertStrictEquals(value, value);
  assertStrictEquals(NaN, NaN);
  fails(() => assertStrictEquals({}, {}));
  fails(() => assertStrictEquals(-0, 0, "minus zero"), "minus zero");
});

Deno.test("assertAlmostEquals() allows a tolerance", () => {
  assertAlmostEquals(0.1 + 0.2, 0.3);
  assertAlmostEquals(10, 11, 1);
  assertAlmostEquals(Infinity, Infinity);
  fails(() => assertAlmostEquals(10, 11));
  fails(() => assertAlmostEquals(NaN, 1, 1, "no number"), "no number");
});

Deno.test("assertMatch() fails on another text", () => {
  assertMatch("growth", /^g.+h$/);
  fails(() => assertMatch("stream", /^g/, "a stream"), "a stream");
});

Deno.test("assertStringIncludes() fails on a text that is not there", () => {
  assertStringIncludes("growth", "row");
  fails(() => assertStringIncludes("stream", "row", "a stream"), "a stream");
});

Deno.test("assertThrows() returns what was thrown", () => {
  const error = new RangeError("Cannot count to 0");
  function fail(): never {
    throw error;
  }
  assertStrictEquals(assertThrows(fail), error);
  const range: RangeError = assertThrows(fail, RangeError, "count");
  assertStrictEquals(range, error);
});

Deno.test("assertThrows() fails on another class, another text or no error", () => {
  function fail(): never {
    throw new RangeError("Cannot count to 0");
  }
  function failWithText(): never {
    throw "a text";
  }
  fails(() => assertThrows(fail, TypeError), "TypeError");
  fails(() => assertThrows(failWithText, Error));
  assertStrictEquals(assertThrows(failWithText), "a text");
  assertThrows(fail, Error);
  fails(() => assertThrows(fail, RangeError, "sing"), "sing");
  fails(() => assertThrows(() => 1, "it went well"), "it went well");
  fails(() => assertThrows(() => 1, Error, "", "too well"), "too well");
});

Deno.test("assertRejects() resolves to the reason", async () => {
  const error = new RangeError("Cannot count to 0");
  assertStrictEquals(await assertRejects(() => Promise.reject(error)), error);
  const range: RangeError = await assertRejects(
    () => Promise.reject(error),
    RangeError,
    "count",
  );
  assertStrictEquals(range, error);
});

Deno.test("assertRejects() rejects on another class, another text or a value", async () => {
  function fail(): Promise<never> {
    return Promise.reject(new RangeError("Cannot count to 0"));
  }
  for (
    const assertion of [
      () => assertRejects(fail, TypeError),
      () => assertRejects(fail, RangeError, "sing"),
      () => assertRejects(() => Promise.resolve(1)),
      () => assertRejects(() => Promise.reject("a text"), Error),
      // No promise, which only an `any` can hide from the types.
      () => assertRejects(() => JSON.parse("1"), Error),
      () =>
        assertRejects(() => {
          throw new RangeError("Cannot count to 0");
        }, RangeError),
    ]
  ) {
    const reason = await assertion().then(() => undefined, (error) => error);
    assert(reason instanceof AssertionError);
  }
});
