import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import { NEVER, type Observable, of, Subject, throwError } from "rxjs";
import { TestScheduler } from "rxjs/testing";
import { fallbackSource } from "../../../adapters/sources/fallback_source.ts";
import { fixedSource } from "../../../adapters/sources/fixed_source.ts";
import type { PayloadSource } from "../../../adapters/sources/payload_source.ts";
import type { SourceReport } from "../../../adapters/sources/source_report.ts";
import type { Payload } from "../../../mod.ts";
import { malformed } from "../../support/malformed.ts";
import { openInbox } from "../../support/streams/open_inbox.ts";
import { testLaw } from "../../support/test_law.ts";

const payloads: { readonly [name: string]: Payload } = Object.fromEntries(
  ["a", "b", "c", "d"].map((name) => [name, createPayload(name)]),
);

function createPayload(name: string, dateUpdated?: string): Payload {
  const features = { name: { defaultValue: name } };
  return dateUpdated === undefined ? { features } : { features, dateUpdated };
}

const failed: SourceReport = {
  type: "failed",
  code: "network",
  message: "No answer",
  issues: [],
  retryIn: 1_000,
};
const ok: SourceReport = { type: "ok", updates: "streaming" };

/** A source that a test plays. */
function puppet(refresh?: () => Promise<void>) {
  const emitted = new Subject<Payload>();
  const reports = new Subject<SourceReport>();
  const source: PayloadSource = Object.assign(emitted.asObservable(), {
    reports$: reports.asObservable(),
    ...(refresh && { refresh }),
  });
  return {
    source,
    emit: (payload: Payload) => emitted.next(payload),
    report: (report: SourceReport) => reports.next(report),
    end: () => emitted.complete(),
    fail: () => emitted.error(new Error("secret")),
    isUsed: () => emitted.observed || reports.observed,
  };
}

function follow(...sources: readonly Observable<Payload>[]) {
  const source = fallbackSource(...sources);
  const reports = openInbox(source.reports$!);
  const inbox = openInbox(source);
  return {
    source,
    names: () =>
      inbox.takeAll().map(({ features }) => features["name"]?.defaultValue),
    reports: () => reports.takeAll(),
    close: () => {
      inbox.close();
      reports.close();
    },
  };
}

function testMarbles(
  name: string,
  first: string,
  second: string,
  expected: string,
): void {
  Deno.test(name, () => {
    const scheduler = new TestScheduler(assertEquals);
    scheduler.run(({ cold, expectObservable }) => {
      const source = fallbackSource(
        cold(first, payloads),
        cold(second, payloads),
      );
      expectObservable(source, "----------!").toBe(expected, payloads);
    });
  });
}

testMarbles(
  "fallback() stays with the first source where that works",
  "--a--b----",
  "c---------",
  "--a--b----",
);
testMarbles(
  "fallback() takes the second source where the first one fails",
  "--#-------",
  "-c-d------",
  "---c-d----",
);
testMarbles(
  "fallback() takes the second source where the first one ends without a payload",
  "--|-------",
  "-c-d------",
  "---c-d----",
);
testMarbles(
  "fallback() stays with what the first source gave before it failed",
  "a-#-------",
  "-c-d------",
  "a---------",
);
testMarbles(
  "fallback() is silent where all sources fail, and doesn't end",
  "--#-------",
  "-#--------",
  "----------",
);

Deno.test("fallback() goes back to an earlier source once that has a payload, and leaves the later one", () => {
  const [first, second] = [puppet(), puppet()];
  const { names, close } = follow(first.source, second.source);
  first.report(failed);
  second.emit(payloads["c"]!);
  assertEquals([names(), second.isUsed()], [["c"], true]);
  first.emit(payloads["a"]!);
  assertEquals([names(), second.isUsed()], [["a"], false]);
  close();
});

Deno.test("fallback() doesn't go back to a source that only says that it is well", () => {
  const [first, second] = [puppet(), puppet()];
  const { names, close } = follow(first.source, second.source);
  first.report(failed);
  second.emit(payloads["c"]!);
  first.report({ type: "loading" });
  first.report(ok);
  assertEquals([names(), second.isUsed()], [["c"], true]);
  close();
});

Deno.test("fallback() doesn't start a later source before it is needed", () => {
  const [first, second] = [puppet(), puppet()];
  const { close } = follow(first.source, second.source);
  first.emit(payloads["a"]!);
  assertEquals(second.isUsed(), false);
  close();
});

Deno.test("fallback() puts only what is newer in the place of what an earlier source gave last", () => {
  const [first, second] = [puppet(), puppet()];
  const { names, close } = follow(first.source, second.source);
  first.emit(createPayload("current", "2026-02-02T00:00:00Z"));
  first.report(failed);
  second.emit(createPayload("built in", "2026-01-01T00:00:00Z"));
  assertEquals(names(), ["current"]);
  second.emit(createPayload("of a mirror", "2026-03-03T00:00:00Z"));
  assertEquals(names(), ["of a mirror"]);
  first.report(ok);
  assertEquals(names(), ["current"]);
  close();
});

Deno.test("fallback() goes past a source that emits what is no payload", () => {
  const rubbish = of(malformed<Payload>("<html>"));
  const { names, reports, close } = follow(
    rubbish,
    fixedSource(payloads["b"]!),
  );
  assertEquals(names(), ["b"]);
  assertEquals(
    reports().map((report) =>
      report.type === "failed" ? report.code : report.type
    ),
    ["loading", "not-a-payload", "ok"],
  );
  close();
});

Deno.test("fallback() keeps a good payload when its source emits what is none", () => {
  const first = puppet();
  const { names, close } = follow(first.source);
  first.emit(payloads["a"]!);
  first.emit(malformed<Payload>(null));
  assertEquals(names(), ["a"]);
  close();
});

Deno.test("fallback() reports how the source fares that serves", () => {
  const [first, second] = [puppet(), puppet()];
  const { reports, close } = follow(first.source, second.source);
  first.report(failed);
  second.emit(payloads["c"]!);
  second.report(ok);
  first.report({ ...failed, retryIn: 2_000 });
  assertEquals(reports(), [
    { type: "loading" },
    { ...failed, retryIn: 0 },
    { type: "loading" },
    { type: "ok", updates: "none" },
    ok,
  ]);
  close();
});

Deno.test("fallback() reports a failure while what serves is of the source that failed", () => {
  const [first, second] = [puppet(), puppet()];
  const { names, reports, close } = follow(first.source, second.source);
  first.emit(createPayload("current", "2026-02-02T00:00:00Z"));
  reports();
  first.report(failed);
  second.report({ type: "loading" });
  second.emit(createPayload("built in", "2026-01-01T00:00:00Z"));
  second.report(ok);
  assertEquals(names(), ["current"]);
  // Once: each report of a failure counts.
  assertEquals(reports(), [failed]);
  second.emit(createPayload("as new", "2026-02-02T00:00:00Z"));
  assertEquals([names(), reports()], [["as new"], [ok]]);
  close();
});

Deno.test("fallback() reports the failure that is over soonest, where all fail", () => {
  const [first, second] = [puppet(), puppet()];
  const { reports, close } = follow(first.source, second.source);
  first.report({ ...failed, retryIn: 500 });
  second.fail();
  assertEquals(reports().at(-1), { ...failed, retryIn: 500 });
  close();
});

Deno.test("fallback() takes a source that throws where it is listened to for one that fails", () => {
  const broken: Observable<Payload> = Object.assign(NEVER.pipe(), {
    subscribe: () => {
      throw new Error("secret");
    },
  });
  const { names, close } = follow(broken, of(payloads["c"]!));
  assertEquals(names(), ["c"]);
  close();
});

Deno.test("fallback() doesn't tell what a source threw", () => {
  const broken = throwError(() => new Error("secret"));
  const { reports, close } = follow(broken);
  assertEquals(JSON.stringify(reports()).includes("secret"), false);
  close();
});

Deno.test("fallback() refreshes what it listens to, and is content where one succeeds", async () => {
  const first = puppet(() => Promise.reject(new Error("offline")));
  const second = puppet(() => Promise.resolve());
  const { source, close } = follow(first.source, second.source);
  await assertRejects(source.refresh!, Error, "offline");
  first.report(failed);
  await source.refresh!();
  close();
});

Deno.test("fallback() refuses sources that evaluate remotely", () => {
  const remote = { evaluate: () => Promise.reject(), changes$: NEVER };
  const source = Object.assign(NEVER, { remote }) as PayloadSource;
  assertThrows(() => fallbackSource(source), TypeError);
});

Deno.test("fallback() stops all sources with its last subscriber", () => {
  const [first, second] = [puppet(), puppet()];
  const { close } = follow(first.source, second.source);
  first.report(failed);
  close();
  assertEquals([first.isUsed(), second.isUsed()], [false, false]);
});

Deno.test("fallback() bears a subscriber that leaves while it is told something", () => {
  const first = puppet();
  const source = fallbackSource(
    throwError(() => new Error("offline")),
    first.source,
  );
  const subscription = source.subscribe(() => subscription.unsubscribe());
  first.emit(payloads["a"]!);
  assertEquals(first.isUsed(), false);
});

const arbitraryStep = fc.tuple(
  fc.nat({ max: 2 }),
  fc.constantFrom("emit", "fail", "ok", "loading", "rubbish"),
);

testLaw(
  "fallback() always serves the last payload of the first source that works, whatever came before",
  300,
  [fc.array(arbitraryStep, { maxLength: 30 })],
  (steps) => {
    const puppets = [puppet(), puppet(), puppet()];
    const { names, close } = follow(...puppets.map(({ source }) => source));
    steps.forEach(([index, step], place) => {
      const { emit, report } = puppets[index]!;
      if (step === "emit") emit(createPayload(`${place}`));
      if (step === "fail") report(failed);
      if (step === "ok") report(ok);
      if (step === "loading") report({ type: "loading" });
      if (step === "rubbish") emit(malformed<Payload>(7));
    });
    names();
    puppets[0]!.emit(createPayload("last"));
    assertEquals(names(), ["last"]);
    assertEquals(puppets.map(({ isUsed }) => isUsed()), [true, false, false]);
    close();
  },
);

Deno.test("fallbackSource() refuses what is no source, and none at all", () => {
  for (const sources of [[], ["flags.json"], [of({}), undefined]]) {
    assertThrows(
      () => fallbackSource(...sources as never[]),
      TypeError,
      "Cannot fall back among sources: observables are needed, and the current value is",
    );
  }
});
