import { assert, assertEquals } from "@std/assert";
import * as fc from "fast-check";
import {
  createExposureMarks,
  type ExposureIdentity,
} from "../../../../../adapters/client/recording/decisions/exposure_marks.ts";
import { runs } from "../../../../support/runs.ts";

const shown: ExposureIdentity = {
  attribute: "id",
  value: "7",
  experiment: "cta",
  phase: "1",
  variation: 0,
};
const large = {
  exposureCapacity: 1_000,
  maxCharacters: 1e6,
  exposureAge: 1_000,
};

Deno.test("createExposureMarks() tells exposures apart by each of their parts", () => {
  const marks = createExposureMarks(large);
  const others: readonly Partial<ExposureIdentity>[] = [
    {},
    { attribute: "device" },
    { value: 7 },
    { value: ["7"] },
    { value: '\0json ["7"]' },
    { experiment: "other" },
    { phase: undefined },
    { phase: "2" },
    { variation: 1 },
  ];
  for (const other of others) {
    assertEquals(marks.mark({ ...shown, ...other }, 0), true);
  }
  for (const other of others) {
    assertEquals(marks.mark({ ...shown, ...other }, 0), false);
  }
  assertEquals(marks.size(), others.length);
});

Deno.test("createExposureMarks() forgets an exposure after its age", () => {
  const marks = createExposureMarks(large);
  marks.mark(shown, 5);
  assertEquals(marks.mark(shown, 1_004), false);
  assertEquals(marks.mark(shown, 1_005), true);
  assertEquals(marks.mark(shown, 1_006), false);
});

Deno.test("createExposureMarks() keeps so many exposures, and forgets the oldest users first", () => {
  const marks = createExposureMarks({ ...large, exposureCapacity: 10 });
  for (let user = 0; user < 100; user++) {
    assertEquals(marks.mark({ ...shown, value: user }, 0), true);
    assert(marks.size() <= 10);
    assertEquals(marks.mark({ ...shown, value: user }, 0), false);
  }
  assertEquals(marks.mark({ ...shown, value: 98 }, 0), false);
  assertEquals(marks.mark({ ...shown, value: 3 }, 0), true);
});

Deno.test("createExposureMarks() keeps so many characters of users", () => {
  const marks = createExposureMarks({ ...large, maxCharacters: 100_000 });
  for (let user = 0; user < 200; user++) {
    marks.mark({ ...shown, value: `${user}`.padEnd(8_000, "x") }, 0);
    assert(marks.size() <= 12, `${marks.size()}`);
  }
});

Deno.test("createExposureMarks() remembers many experiments of one user", () => {
  const marks = createExposureMarks(large);
  const of = (index: number) => ({
    ...shown,
    experiment: `e${index % 50}`,
    variation: index % 3,
  });
  for (let index = 0; index < 150; index++) {
    assertEquals(marks.mark(of(index), 0), true);
  }
  for (let index = 0; index < 150; index++) {
    assertEquals(marks.mark(of(index), 0), false);
  }
  marks.unmark(of(7));
  assertEquals(marks.mark(of(7), 0), true);
});

Deno.test("createExposureMarks() is a set of exposures, as long as there is room", () => {
  const identity = fc.record({
    attribute: fc.constantFrom("id", "device"),
    value: fc.oneof(fc.constantFrom("a", "b"), fc.integer({ min: 0, max: 3 })),
    experiment: fc.constantFrom(...Array.from("abcdefghijklmnopq")),
    phase: fc.constantFrom(undefined, "0", "1"),
    variation: fc.integer({ min: 0, max: 2 }),
  });
  const step = fc.record({ identity, isUnmark: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const marks = createExposureMarks(large);
      const model = new Set<string>();
      const keyOf = ({ phase, ...rest }: ExposureIdentity) =>
        JSON.stringify([rest, phase ?? null, typeof rest.value]);
      for (const { identity, isUnmark } of steps) {
        const key = keyOf(identity);
        if (isUnmark) {
          marks.unmark(identity);
          model.delete(key);
        } else {
          assertEquals(marks.mark(identity, 0), !model.has(key));
          model.add(key);
        }
        assertEquals(marks.size(), model.size);
      }
    }),
    runs(200),
  );
});
