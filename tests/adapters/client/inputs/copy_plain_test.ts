import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { copyPlain } from "../../../../adapters/client/inputs/copy_plain.ts";
import { runs } from "../../../support/runs.ts";

/** An object nested in itself so many times. */
function nest(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = { inner: value };
  return value;
}

Deno.test("copyPlain() copies JSON as it is, and shares nothing with it", () => {
  const value = { list: [1, "two", null, { three: true }], empty: {} };
  const { value: copy, fault } = copyPlain(value);
  assertEquals([copy, fault], [value, null]);
  assertEquals((copy as typeof value).list === value.list, false);
});

Deno.test("copyPlain() writes what is not JSON as JSON.stringify does, and says so", () => {
  const date = new Date(0);
  assertEquals(copyPlain([date, NaN, () => 1, 7n]), {
    value: ["1970-01-01T00:00:00.000Z", null, null, "7"],
    fault: "it is no plain object",
  });
  assertEquals(copyPlain({ at: Symbol("a"), of: undefined }), {
    value: {},
    fault: "it is of type symbol",
  });
});

Deno.test("copyPlain() gives nothing for what has no end, or is too deep", () => {
  const circle: { self?: unknown } = {};
  circle.self = circle;
  let shared: unknown = [0];
  for (let level = 0; level < 60; level++) shared = [shared, shared, 5n];
  const rows = [
    [circle, "it is in itself"],
    [nest(20_000), "it is too deep"],
    [shared, "it is too large"],
    ["a".repeat(1_000_001), "it is too large"],
  ] as const;
  for (const [value, fault] of rows) {
    assertEquals(copyPlain(value), { value: undefined, fault });
  }
  assertEquals(copyPlain(nest(500)).fault, null);
});

Deno.test("copyPlain() leaves out what throws, and never throws itself", () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const fail = () => {
    throw new Error("No");
  };
  const source = {
    get bad() {
      return fail();
    },
    revoked: proxy,
    writes: { toJSON: fail },
    good: 1,
  };
  const { value, fault } = copyPlain(source);
  assertEquals([value, fault], [{ writes: {}, good: 1 }, "reading it throws"]);
  class Written {
    toJSON() {
      return fail();
    }
  }
  assertEquals(copyPlain(new Written()).fault, "it cannot be read");
});

Deno.test("copyPlain() always gives JSON, or nothing", () => {
  fc.assert(
    fc.property(
      fc.anything({ withBigInt: true, withDate: true, withMap: true }),
      (value) => {
        const { value: copy } = copyPlain(value);
        if (copy === undefined) return;
        assertEquals(JSON.parse(JSON.stringify(copy)), copy);
      },
    ),
    runs(500),
  );
});
