import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { fitText } from "../../../../adapters/cli/text/fit_text.ts";
import { textWidth } from "../../../../adapters/cli/text/text_width.ts";
import { runs } from "../../../support/runs.ts";

Deno.test("textWidth() counts a letter as one column", () => {
  assertEquals(textWidth("thé"), 3);
});

Deno.test("textWidth() counts East Asian characters and emoji as two", () => {
  assertEquals(textWidth("お茶"), 4);
  assertEquals(textWidth("🍵"), 2);
});

Deno.test("textWidth() doesn't count marks over a letter", () => {
  assertEquals(textWidth("the\u0301"), 3);
});

Deno.test("fitText() leaves what fits", () => {
  assertEquals(fitText("teapot", 6), "teapot");
});

Deno.test("fitText() ends what it cuts in an ellipsis", () => {
  assertEquals(fitText("teapots", 6), "teapo…");
});

Deno.test("fitText() keeps no half of a wide character", () => {
  assertEquals(fitText("お茶です", 4), "お…");
});

Deno.test("fitText() never gives more columns than it was given", () => {
  const text = fc.string({ unit: "grapheme" });
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 20 }), (text, width) => {
      assert(textWidth(fitText(text, width)) <= width);
    }),
    runs(100),
  );
});
