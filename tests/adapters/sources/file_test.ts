import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import { firstValueFrom } from "rxjs";
import {
  fileSource,
  type FileSourceOptions,
} from "../../../adapters/sources/file_source.ts";
import type { SourceReport } from "../../../adapters/sources/source_report.ts";
import type { Payload } from "../../../mod.ts";
import { runs } from "../../support/runs.ts";
import { manualClock } from "../../support/manual_clock.ts";
import { type Inbox, openInbox } from "../../support/streams/open_inbox.ts";
import { encryptText } from "../cli/encrypt_text.ts";

const one: Payload = { features: { chat: { defaultValue: 1 } } };
const textKey = "MDEyMzQ1Njc4OWFiY2RlZg==";
const two: Payload = { features: { chat: { defaultValue: 2 } } };

interface Setting {
  readonly path: string;
  readonly folder: string;
  readonly payloads: Inbox<Payload>;
  readonly reports: Inbox<SourceReport>;
  readonly refresh: () => Promise<void>;
}

/** Follows a file in a folder of its own, and cleans up. */
async function withFile(
  text: string | null,
  test: (setting: Setting) => Promise<void>,
  options: FileSourceOptions = {},
  name = "payload.json",
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/${name}`;
  if (text !== null) await Deno.writeTextFile(path, text);
  const source = fileSource(path, { settleTime: 5, ...options });
  const reports = openInbox(source.reports$!);
  const payloads = openInbox(source);
  // A source that waits for changes lets a process end.
  const waiting = setInterval(() => {}, 60_000);
  try {
    await test({ path, folder, payloads, reports, refresh: source.refresh! });
  } finally {
    clearInterval(waiting);
    payloads.close();
    reports.close();
    await Deno.remove(folder, { recursive: true });
  }
}

/** Waits for the next report of a type. */
async function nextReport<Type extends SourceReport["type"]>(
  reports: Inbox<SourceReport>,
  type: Type,
): Promise<SourceReport & { readonly type: Type }> {
  while (true) {
    const report = await reports.next();
    if (report.type === type) {
      return report as SourceReport & { readonly type: Type };
    }
  }
}

async function replace(path: string, text: string): Promise<void> {
  await Deno.writeTextFile(`${path}.new`, text);
  await Deno.rename(`${path}.new`, path);
}

Deno.test("file() emits the payload of the file", () =>
  withFile(JSON.stringify(one), async ({ payloads, reports }) => {
    assertEquals(await payloads.next(), one);
    assertEquals(await reports.next(), { type: "loading" });
    assertEquals(await reports.next(), { type: "ok", updates: "streaming" });
  }));

Deno.test("file() emits the payload that is written over the first", () =>
  withFile(JSON.stringify(one), async ({ path, payloads }) => {
    await payloads.next();
    await Deno.writeTextFile(path, JSON.stringify(two));
    assertEquals(await payloads.next(), two);
  }));

Deno.test("file() emits the payload of a file that is renamed over the first, again and again", () =>
  withFile(JSON.stringify(one), async ({ path, payloads }) => {
    assertEquals(await payloads.next(), one);
    for (const payload of [two, one, two]) {
      await replace(path, JSON.stringify(payload));
      assertEquals(await payloads.next(), payload);
    }
  }));

Deno.test("file() reports a half-written file, and goes on once it is whole", () =>
  withFile(JSON.stringify(one), async ({ path, payloads, reports }) => {
    await payloads.next();
    const text = JSON.stringify(two);
    await Deno.writeTextFile(path, text.slice(0, 20));
    const failure = await nextReport(reports, "failed");
    assertEquals([failure.code, failure.retryIn], ["not-json", 100]);
    await Deno.writeTextFile(path, text.slice(20), { append: true });
    assertEquals(await payloads.next(), two);
    assertEquals((await nextReport(reports, "ok")).updates, "streaming");
  }));

Deno.test("file() waits for a file that isn't there yet", () =>
  withFile(null, async ({ path, payloads, reports }) => {
    assertEquals((await nextReport(reports, "failed")).code, "not-found");
    await Deno.writeTextFile(path, JSON.stringify(one));
    assertEquals(await payloads.next(), one);
  }));

Deno.test("file() waits for a folder that isn't there yet", () =>
  withFile(
    null,
    async ({ path, folder, payloads, reports }) => {
      assertEquals((await nextReport(reports, "failed")).code, "not-found");
      await Deno.mkdir(`${folder}/later`);
      await replace(path, JSON.stringify(one));
      assertEquals(await payloads.next(), one);
    },
    {},
    "later/payload.json",
  ));

Deno.test("file() goes on after the file was removed", () =>
  withFile(JSON.stringify(one), async ({ path, payloads, reports }) => {
    await payloads.next();
    await Deno.remove(path);
    assertEquals((await nextReport(reports, "failed")).code, "not-found");
    await Deno.writeTextFile(path, JSON.stringify(two));
    assertEquals(await payloads.next(), two);
  }));

Deno.test("file() follows a link that leads elsewhere, as Kubernetes makes them", () =>
  withFile(null, async ({ path, folder, payloads }) => {
    for (const [version, payload] of [["a", one], ["b", two]] as const) {
      await Deno.mkdir(`${folder}/${version}`);
      const real = `${folder}/${version}/payload.json`;
      await Deno.writeTextFile(real, JSON.stringify(payload));
    }
    await Deno.symlink("a", `${folder}/current`);
    await Deno.symlink("current/payload.json", path);
    assertEquals(await payloads.next(), one);
    await Deno.symlink("b", `${folder}/next`);
    await Deno.rename(`${folder}/next`, `${folder}/current`);
    assertEquals(await payloads.next(), two);
  }));

Deno.test("file() emits nothing where a file is saved as it was", () =>
  withFile(JSON.stringify(one), async ({ path, payloads, refresh }) => {
    await payloads.next();
    await replace(path, JSON.stringify(one));
    await refresh();
    assertEquals(payloads.takeAll(), []);
  }));

Deno.test("file() looks now and then where the file can't be watched", async () => {
  const waiting = openWaiting();
  const clock = manualClock(0, () => waiting.wake());
  await withFile(JSON.stringify(one), async ({ path, payloads, reports }) => {
    await payloads.next();
    await nextReport(reports, "ok");
    await replace(path, JSON.stringify(two));
    await waiting.until(() => clock.timers().includes(3_000));
    clock.advance(3_000);
    assertEquals(await payloads.next(), two);
  }, { clock, settleTime: 1e9, pollInterval: 3_000 });
});

Deno.test("file() tries again after 100 ms, and then waits twice as long each time", async () => {
  const waiting = openWaiting();
  const clock = manualClock(0, () => waiting.wake());
  const delays: (number | null)[] = [];
  await withFile(null, async ({ reports }) => {
    for (let attempt = 0; attempt < 5; attempt++) {
      const { retryIn } = await nextReport(reports, "failed");
      delays.push(retryIn);
      await waiting.until(() => clock.timers().includes(retryIn!));
      clock.advance(retryIn!);
    }
  }, { clock, settleTime: 1e9, pollInterval: 1_000 });
  assertEquals(delays, [100, 200, 400, 800, 1_000]);
});

for (
  const [code, text] of [
    ["not-json", ""],
    ["not-json", "{"],
    ["not-json", '{"features":{}}}'],
    ["not-a-payload", "[]"],
    ["not-a-payload", "null"],
    ["not-a-payload", '{"message":"hi"}'],
    ["missing-field", '{"experiments":[]}'],
    ["wrong-type", '{"features":[]}'],
    ["error-response", '{"status":404,"error":"secret"}'],
  ]
) {
  Deno.test(`file() keeps what it has where the file holds ${JSON.stringify(text)}`, () =>
    withFile(JSON.stringify(one), async ({ path, payloads, reports }) => {
      await payloads.next();
      await replace(path, text!);
      assertEquals((await nextReport(reports, "failed")).code, code);
      await replace(path, JSON.stringify(two));
      assertEquals(await payloads.next(), two);
    }));
}

Deno.test("file() reports what is no file", () =>
  withFile(null, async ({ folder, path, reports }) => {
    const { message } = await nextReport(reports, "failed");
    assertEquals(
      message,
      `Cannot use the payload file "${path}": there is none`,
    );
    await Deno.mkdir(`${folder}/payload.json`);
    assertEquals((await nextReport(reports, "failed")).code, "not-a-file");
  }));

Deno.test({
  name: "file() says which permission is missing",
  permissions: { read: false },
  fn: async () => {
    const source = fileSource("a.json", { watch: false });
    const payloads = openInbox(source);
    const told = openInbox(source.reports$!);
    const { code, message } = await nextReport(told, "failed");
    assertEquals([code, message], [
      "forbidden",
      'Cannot use the payload file "a.json": Deno runs without --allow-read for it',
    ]);
    payloads.close();
    told.close();
  },
});

Deno.test("file() reports a file that is too large, and reads none of it", () =>
  withFile(JSON.stringify(one), async ({ path, reports }) => {
    const { code, message } = await nextReport(reports, "failed");
    assertEquals(code, "too-large");
    assertEquals(
      message,
      `Cannot use the payload file "${path}": it has 40 bytes`,
    );
  }, { maxBytes: 39 }));

Deno.test("file() tells nothing of what a file holds that it can't use", () =>
  withFile('{"features": canary-7f3a', async ({ reports }) => {
    const report = await nextReport(reports, "failed");
    assertEquals(JSON.stringify(report).includes("canary"), false);
  }));

Deno.test("file() reads a file that begins with a byte order mark", () =>
  withFile(`\ufeff${JSON.stringify(one)}`, async ({ payloads }) => {
    assertEquals(await payloads.next(), one);
  }));

Deno.test("file() reads a file only once where it is not to be watched", () =>
  withFile("nothing", async ({ path, payloads, reports, refresh }) => {
    assertEquals((await nextReport(reports, "failed")).retryIn, null);
    await Deno.writeTextFile(path, JSON.stringify(one));
    await refresh();
    assertEquals(payloads.takeAll(), [one]);
    assertEquals(await nextReport(reports, "ok"), {
      type: "ok",
      updates: "none",
    });
  }, { watch: false }));

Deno.test("file() refreshes on demand, and rejects where the file can't be used", () =>
  withFile(JSON.stringify(one), async ({ path, payloads, refresh }) => {
    await payloads.next();
    await Deno.writeTextFile(path, JSON.stringify(two));
    await refresh();
    assertEquals(payloads.takeAll(), [two]);
    await Deno.writeTextFile(path, "{");
    await assertRejects(refresh, Error, "it is not JSON");
  }, { watch: false }));

Deno.test("file() can't be refreshed where nobody is subscribed", async () => {
  await assertRejects(
    () => fileSource("/tmp/payload.json").refresh!(),
    Error,
    "Cannot refresh: the source has no subscriber",
  );
});

Deno.test("file() refuses what is no file's path or URL, and names that are no options", () => {
  const url = new URL("https://example.com/a.json");
  for (
    const [path, shown] of [
      [undefined, "undefined"],
      [7, "7"],
      [url, `"${url.href}"`],
    ] as const
  ) {
    assertThrows(
      () => fileSource(path as never),
      TypeError,
      `path should be a text or the URL of a file, the current value is ${shown}`,
    );
  }
  assertThrows(
    () => fileSource("a.json", { wach: false } as never),
    TypeError,
    'Cannot follow the file: there is no option "wach"',
  );
});

Deno.test("file() refuses numbers that are of no use", () => {
  const start = "Cannot follow the file:";
  for (
    const [options, message] of [
      [{ settleTime: -1 }, "settleTime should be a number from 0"],
      [{ pollInterval: 0 }, "pollInterval should be a number from 1"],
      [{ pollInterval: NaN }, "pollInterval should be a number from 1"],
      [{ maxBytes: 0 }, "maxBytes should be a number from 1"],
      [{ maxBytes: "1 MB" }, "maxBytes should be a number from 1"],
    ] as const
  ) {
    assertThrows(
      () => fileSource("payload.json", options as FileSourceOptions),
      RangeError,
      `${start} ${message}, the current value is `,
    );
  }
});

Deno.test("file() takes the URL of a file", () =>
  withFile(JSON.stringify(one), async ({ path }) => {
    const source = fileSource(new URL(`file://${path}`));
    assertEquals(await firstValueFrom(source), one);
  }));

Deno.test("file() gives a later subscriber at once what the first has", () =>
  withFile(null, async ({ path }) => {
    await Deno.writeTextFile(path, JSON.stringify(one));
    const source = fileSource(path);
    const first = openInbox(source);
    await first.next();
    const second = openInbox(source);
    assertEquals(second.takeAll(), [one]);
    first.close();
    await Deno.writeTextFile(path, JSON.stringify(two));
    assertEquals(await second.next(), two);
    second.close();
  }));

Deno.test("file() starts anew after its last subscriber has left", () =>
  withFile(null, async ({ path }) => {
    await Deno.writeTextFile(path, JSON.stringify(one));
    const source = fileSource(path);
    assertEquals(await firstValueFrom(source), one);
    await Deno.writeTextFile(path, JSON.stringify(two));
    assertEquals(await firstValueFrom(source), two);
  }));

const encrypted = async (): Promise<string> =>
  JSON.stringify({
    features: {},
    encryptedFeatures: await encryptText(JSON.stringify(one.features), textKey),
  });

Deno.test("file() decrypts with its key", async () =>
  await withFile(await encrypted(), async ({ payloads }) => {
    assertEquals((await payloads.next()).features, one.features);
  }, { decryptionKey: textKey }));

Deno.test("file() reports a wrong key", async () =>
  await withFile(await encrypted(), async ({ reports }) => {
    const { code } = await nextReport(reports, "failed");
    assertEquals(code, "decryption-failed");
  }, { decryptionKey: "AAAAAAAAAAAAAAAAAAAAAA==" }));

Deno.test("file() passes on what is encrypted where the client may have the key", async () => {
  const text = await encrypted();
  await withFile(text, async ({ payloads }) => {
    assertEquals(await payloads.next(), JSON.parse(text));
  });
});

Deno.test("file() always ends with what was written last, however it was written", async () => {
  const arbitraryWrite = fc.record({
    text: fc.oneof(
      fc.integer({ min: 1, max: 1e9 }).map((value) =>
        JSON.stringify({ features: { chat: { defaultValue: value } } })
      ),
      fc.constantFrom("", "{", "null", '{"features":'),
    ),
    how: fc.constantFrom("over", "rename", "parts", "remove"),
    isQuick: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(arbitraryWrite, { minLength: 1, maxLength: 6 }),
      (writes) =>
        withFile(JSON.stringify(one), async ({ path, payloads, refresh }) => {
          for (const { text, how, isQuick } of writes) {
            if (how === "rename") await replace(path, text);
            if (how === "remove") await Deno.remove(path).catch(() => {});
            if (how === "over") await Deno.writeTextFile(path, text);
            if (how === "parts") {
              await Deno.writeTextFile(path, text.slice(0, 9));
              await Deno.writeTextFile(path, text.slice(9), { append: true });
            }
            // Else there may be several before the file is read, or one in the middle of it.
            if (!isQuick) await refresh().catch(() => {});
          }
          await replace(path, JSON.stringify(two));
          let last = await payloads.next();
          while (JSON.stringify(last) !== JSON.stringify(two)) {
            last = await payloads.next();
          }
        }, { settleTime: 1 }),
    ),
    runs(15),
  );
});

/** Lets a test wait until something holds, looking whenever it is woken. */
function openWaiting() {
  let check = () => {};
  return {
    wake: () => check(),
    until: (holds: () => boolean) =>
      new Promise<void>((resolve) => {
        check = () => {
          if (holds()) resolve();
        };
        check();
      }),
  };
}
