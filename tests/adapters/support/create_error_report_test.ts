import { assertEquals } from "@std/assert";
import { createErrorReport } from "../../../adapters/support/create_error_report.ts";

Deno.test("createErrorReport() tells at once", () => {
  const told: unknown[] = [];
  createErrorReport<string>((error) => told.push(error))("gone");
  assertEquals(told, ["gone"]);
});

// What nobody handles fails a test.
Deno.test("createErrorReport() survives those who throw or reject", async () => {
  createErrorReport(() => {
    throw new Error("Analytics is down");
  })("gone");
  createErrorReport(() => Promise.reject(new Error("Analytics is down")))(
    "gone",
  );
  await new Promise((resolve) => setTimeout(resolve));
});
