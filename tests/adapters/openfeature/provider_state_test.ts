import { assertEquals } from "@std/assert";
import {
  lateOutcome,
  outcomeOf,
  stateOf,
} from "../../../adapters/openfeature/provider/provider_state.ts";
import type { ClientStatus } from "../../../adapters/client/mod.ts";

function statusOf(
  status: ClientStatus["status"],
  code: string = "",
  retryIn: number | null = 1000,
): ClientStatus {
  return { status, code, reason: "why", retryIn };
}

Deno.test("stateOf() tells what is new, and nothing twice", () => {
  const table = [
    ["ready", "ready", null],
    ["ready", "stale", "ready"],
    ["ready", "error", "ready"],
    ["stale", "ready", "stale"],
    ["stale", "stale", null],
    ["error", "ready", "error"],
    ["error", "error", null],
    ["initializing", "ready", null],
    ["initializing", "error", null],
    ["closed", "ready", "stale"],
    ["closed", "stale", null],
    ["closed", "error", null],
  ] as const;
  assertEquals(
    table.map(([status, told]) => stateOf(statusOf(status), told)),
    table.map(([, , expected]) => expected),
  );
});

Deno.test("outcomeOf() goes on waiting while the source tries again, but not for a key that is refused", () => {
  const failed = (isFatal: boolean) =>
    ({ kind: "failed", isFatal, message: "why" }) as const;
  assertEquals(outcomeOf(statusOf("initializing")), null);
  assertEquals(outcomeOf(statusOf("error", "http-500")), null);
  assertEquals(outcomeOf(statusOf("error", "network", null)), failed(false));
  assertEquals(outcomeOf(statusOf("error", "http-401")), failed(true));
  assertEquals(outcomeOf(statusOf("closed")), failed(false));
  assertEquals(outcomeOf(statusOf("stale", "http-401")), { kind: "started" });
});

Deno.test("lateOutcome() fails with the reason, unless only sticky buckets are missing", () => {
  assertEquals(lateOutcome(statusOf("error", "http-500"), 50), {
    kind: "failed",
    isFatal: false,
    message: "No payload came within 50 ms: why",
  });
  assertEquals(lateOutcome(statusOf("initializing", "sticky-buckets"), 50), {
    kind: "started",
  });
});
