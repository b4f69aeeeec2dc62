import { assert, assertEquals } from "@std/assert";
import { runtimeProgram } from "../runtimes/runtimes.ts";
import { withProject } from "./project.ts";

/** What an application does with its own RxJS and the streams of the client. */
const program = `
  const source = new BehaviorSubject({ features: { seats: { defaultValue: 1 } } });
  const client = createClient({ source, attributes: { id: "7" } });
  const seats$ = client.value$("seats", 0);
  const seen = [];
  const log = (name) => (value) => { seen.push(name + value); };

  log("isObservable ")(isObservable(seats$));
  seats$.pipe(map((seats) => seats * 10)).subscribe(log("map "));
  combineLatest([seats$, of("a")]).subscribe(log("combineLatest "));
  of(0).pipe(switchMap(() => seats$)).subscribe(log("switchMap "));
  seats$.pipe(take(1)).subscribe({ next: log("take "), complete: () => log("taken")("") });
  const shared$ = seats$.pipe(shareReplay({ bufferSize: 1, refCount: true }));
  const stop = new Subject();
  shared$.pipe(takeUntil(stop)).subscribe(log("until "));
  seats$.pipe(map(() => { throw new Error("no"); })).subscribe({ error: () => log("caught")("") });

  (async () => {
    log("firstValueFrom ")(await firstValueFrom(seats$));
    log("from ")(await firstValueFrom(from(seats$)));
    stop.next();
    source.next({ features: { seats: { defaultValue: 2 } } });
    await client.close();
    log("lastValueFrom ")(await lastValueFrom(seats$));
    // What has taken its value is gone: nothing is recorded for it.
    const rules = [{ key: "cta", variations: [1, 2] }];
    const shown = createClient({
      source: new BehaviorSubject({ features: { cta: { rules } } }),
      attributes: { id: "7" },
    });
    const cta$ = shown.value$("cta", 0);
    const exposed = [];
    shown.events$.subscribe(({ type }) => exposed.push(type));
    await firstValueFrom(cta$);
    cta$.pipe(take(1)).subscribe();
    cta$.pipe(map((cta) => cta)).subscribe().unsubscribe();
    shown.setAttributes({ id: "8" });
    await shown.close();
    log("exposed ")(exposed.filter((type) => type === "experiment.viewed").length);
    console.log(JSON.stringify(seen));
  })();
`;
const names =
  "BehaviorSubject, Subject, combineLatest, firstValueFrom, from, isObservable, lastValueFrom, map, of, shareReplay, switchMap, take, takeUntil";
const esm = `
  import { ${names} } from "rxjs";
  import { createClient } from "@growthstream/sdk/client";
  ${program}
`;
const commonJs = `
  const { ${names} } = require("rxjs");
  const { createClient } = require("@growthstream/sdk/client");
  ${program}
`;
const expected = [
  ...["isObservable true", "map 10", "combineLatest 1,a", "switchMap 1"],
  ...["take 1", "taken", "until 1", "caught", "firstValueFrom 1", "from 1"],
  ...["map 20", "combineLatest 2,a", "switchMap 2", "lastValueFrom 2"],
  "exposed 1",
];

Deno.test("the client's streams work with the application's RxJS", async (test) => {
  await withProject([], async ({ write, run }) => {
    await write({ "program.mjs": esm, "program.cjs": commonJs });
    const runtimes = [
      ["Node", "node"],
      ["Bun", await runtimeProgram("bun")],
      ["Deno", Deno.execPath(), "run", "--quiet", "--allow-all"],
    ];
    for (const [name = "", ...command] of runtimes) {
      for (const file of ["program.mjs", "program.cjs"]) {
        await test.step(`${file} on ${name}`, async () => {
          const { text } = await run(...command, file);
          assertEquals(text, `${JSON.stringify(expected)}\n`);
        });
      }
    }
  });
});

Deno.test("a page that uses RxJS has one copy of it, and its bundle runs", async () => {
  await withProject(["esbuild@0.28"], async ({ write, read, run }) => {
    await write({ "program.mjs": esm });
    const copies = async (platform: string) => {
      const { success, text } = await run(
        ...["esbuild", "program.mjs", "--bundle", "--format=esm"],
        ...[`--platform=${platform}`, "--outfile=out.mjs"],
        "--log-level=error",
      );
      assert(success, text);
      const { text: output } = await run("node", "out.mjs");
      assertEquals(output, `${JSON.stringify(expected)}\n`);
      const bundle = await read("out.mjs");
      return bundle.match(/function isSubscriber\d*\(/g)?.length;
    };
    assertEquals(await copies("browser"), 1);
    // On a server, bytes count less than the start.
    assertEquals(await copies("node"), 2);
  });
});
