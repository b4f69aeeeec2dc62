import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  growthbookSource,
  type SourceReport,
} from "../../adapters/growthbook/mod.ts";
import { manualClock } from "../support/manual_clock.ts";
import { runs } from "../support/runs.ts";
import {
  type Mood,
  moods,
  type VirtualServer,
  virtualServer,
} from "./virtual_server.ts";

/** Something that happens to a server, and how long it is until the next thing does. */
type Incident = readonly [
  name: string,
  happen: (server: VirtualServer) => void,
  wait: number,
];

const wait = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 3_000 }),
  fc.integer({ min: 0, max: 100_000 }),
);

function incident(
  name: string,
  happen: (server: VirtualServer) => void,
): fc.Arbitrary<Incident> {
  return wait.map((wait) => [name, happen, wait] as const);
}

const incidents = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: incident("publish", (server) => server.publish()) },
    incident("repeat", (server) => server.repeat()),
    incident("garble", (server) => server.garble()),
    incident("ping", (server) => server.ping()),
    { weight: 2, arbitrary: incident("end", (server) => server.end(true)) },
    { weight: 2, arbitrary: incident("cut", (server) => server.end(false)) },
    incident("freeze", (server) => server.freeze()),
    fc.constantFrom(...moods).chain((mood: Mood) =>
      incident(mood, (server) => server.setMood(mood))
    ),
    fc.constantFrom(0, 300, 5_000, 9_999, 20_000).chain((delay) =>
      incident(`delay ${delay}`, (server) => server.setDelay(delay))
    ),
  ),
  { maxLength: 25 },
);

/** Lets everything settle that is due at once. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

Deno.test("growthbookSource() ends with the server's last payload, whatever happened before", async () => {
  await fc.assert(
    fc.asyncProperty(
      incidents,
      fc.boolean(),
      fc.constantFrom(20_000, 60_000),
      fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
      async (schedule, isDated, polling, chances) => {
        const clock = manualClock(1_000_000);
        const server = virtualServer(clock, isDated);
        const source = growthbookSource({
          clientKey: "sdk-1",
          polling,
          clock,
          fetch: server.fetch,
          random: () => chances.next().value,
        });
        const versions: number[] = [];
        let last: SourceReport | null = null;
        const listening = source.reports$!.subscribe((report) => last = report);
        const subscription = source.subscribe(({ features }) => {
          versions.push(features.version!.defaultValue as number);
        });
        const run = async (milliseconds: number) => {
          await settle();
          for (let left = milliseconds; left > 0;) {
            const step = Math.min(left, clock.timers()[0] ?? left);
            clock.advance(step);
            left -= step;
            await settle();
          }
        };
        for (const [, happen, wait] of schedule) {
          happen(server);
          await run(wait);
        }
        server.setMood("well");
        server.setDelay(0);
        // The longest there can be: a silence, a wait that the server asked for, and another one.
        for (let pings = 0; pings < 7; pings++) {
          await run(30_000);
          server.ping();
        }
        await settle();
        assertEquals(versions.at(-1), server.version());
        assertEquals(updatesOf(last), "streaming");
        assert(
          versions.every((version, index) =>
            index === 0 || version > versions[index - 1]!
          ),
        );
        const { requests, streams } = server.peaks();
        assert(requests <= 1 && streams <= 1);

        // And what is published from then on arrives at once.
        server.publish();
        await settle();
        assertEquals(versions.at(-1), server.version());
        subscription.unsubscribe();
        listening.unsubscribe();
        await settle();
        assertEquals([clock.timers(), server.open()], [[], 0]);
      },
    ),
    runs(150),
  );
});

function updatesOf(report: SourceReport | null): string | null {
  return report?.type === "ok" ? report.updates : null;
}
