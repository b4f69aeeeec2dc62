import { assertEquals } from "@std/assert";
import {
  describeName,
  describeValue,
} from "../../../../adapters/cli/text/describe_value.ts";

Deno.test("describeValue() tells a text from a number", () => {
  assertEquals(describeValue("1"), '"1"');
  assertEquals(describeValue(1), "1");
});

Deno.test("describeValue() escapes control characters", () => {
  assertEquals(describeValue("\x1b[31m\x9b"), '"\\u001b[31m\\u009b"');
});

Deno.test("describeValue() tells the beginning of a long value", () => {
  assertEquals(describeValue("abcdef", 4), '"abc… (4 more characters)');
});

Deno.test("describeValue() cuts no character in half unseen", () => {
  assertEquals(describeValue("🍵", 2), '"\\ud83c… (2 more characters)');
});

Deno.test("describeValue() tells what JSON doesn't know", () => {
  assertEquals(describeValue(undefined), "undefined");
});

Deno.test("describeValue() gives up on what JSON can't tell", () => {
  const circle: unknown[] = [];
  circle.push(circle);
  assertEquals(describeValue(circle), "(cannot be shown)");
});

Deno.test("describeName() tells a text without quotes", () => {
  assertEquals(describeName("dark-mode"), "dark-mode");
});

Deno.test("describeName() escapes control characters", () => {
  assertEquals(describeName("dark\nmode"), "dark\\u000amode");
});

Deno.test("describeName() tells what is no text as JSON", () => {
  assertEquals(describeName({ toString: 5 }), '{"toString":5}');
});
