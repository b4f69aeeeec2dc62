import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  type Context,
  evalFeature,
  parsePayload,
  payloadIssueCodes,
} from "../../../mod.ts";
import { arbitraryContext } from "../../arbitraries/context.ts";
import { arbitraryDamagedContext } from "../../arbitraries/hostile/damage.ts";
import {
  arbitraryRubbish,
  type Maker,
} from "../../arbitraries/hostile/rubbish.ts";
import { deepFreeze } from "../../support/deep_freeze.ts";
import { runs } from "../../support/runs.ts";

/** Contexts whose definitions are in order, and such whose definitions are not. */
const arbitraryDefinitions: fc.Arbitrary<Context> = fc.oneof(
  arbitraryContext,
  arbitraryDamagedContext,
);

const arbitraryInput: fc.Arbitrary<Maker> = fc.oneof(
  arbitraryRubbish,
  arbitraryDefinitions.map((context) => () => context),
);

Deno.test("parsePayload() never throws", () => {
  fc.assert(
    fc.property(arbitraryRubbish, (make) => {
      const { payload, issues } = parsePayload(make());
      assertEquals(typeof payload.features, "object");
      for (const { path, code } of issues) {
        assert(path === "" || path.startsWith("/"));
        assert(payloadIssueCodes.includes(code));
      }
    }),
    runs(2000),
  );
});

Deno.test("parsePayload() always gives the same again for what it gave", () => {
  fc.assert(
    fc.property(arbitraryInput, (make) => {
      const once = parsePayload(make());
      const twice = parsePayload(once.payload);
      assertEquals(twice.payload, once.payload);
      // No issue is new. Some are gone, with what was left out.
      const left = once.issues.map(({ code }) => code);
      for (const { code, message } of twice.issues) {
        const index = left.indexOf(code);
        assert(index >= 0, message);
        left.splice(index, 1);
      }
    }),
    runs(1000),
  );
});

Deno.test("parsePayload() always gives JSON", () => {
  fc.assert(
    fc.property(arbitraryInput, (make) => {
      const { payload } = parsePayload(make());
      const text = JSON.stringify(payload);
      assertEquals<unknown>(JSON.parse(text), payload);
    }),
    runs(1000),
  );
});

Deno.test("parsePayload() never changes its input", () => {
  fc.assert(
    fc.property(arbitraryDefinitions, (input) => {
      const text = JSON.stringify(input);
      const parsed = parsePayload(input);
      assertEquals(JSON.stringify(input), text);
      assertEquals(parsePayload(deepFreeze(input)), parsed);
    }),
    runs(200),
  );
});

Deno.test("parsePayload() never changes what evaluation gives", () => {
  fc.assert(
    fc.property(arbitraryDefinitions, (context) => {
      const text = JSON.stringify(context);
      const before: Context = JSON.parse(text);
      const answer = { status: 200, ...JSON.parse(text) };
      const { payload, issues } = parsePayload(answer);
      const after: Context = { ...withoutPayload(before), ...payload };
      for (const key of Object.keys(Object(before.features))) {
        // A feature that is no object is left out and told. It has no value either way.
        const isLeftOut = issues.some(({ path, code }) =>
          code === "wrong-type" && path === `/features/${key}`
        );
        const expected = evalFeature(before, key);
        const actual = evalFeature(after, key);
        if (isLeftOut) assertEquals(actual.value, expected.value);
        else assertEquals(actual, expected);
      }
    }),
    runs(1000),
  );
});

function withoutPayload(context: Context): Context {
  const { features: _, savedGroups: __, contextualBandits: ___, ...user } =
    context;
  return user;
}
