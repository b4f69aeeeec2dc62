import { assertEquals } from "@std/assert";
import { Subject, throwError } from "rxjs";
import {
  type Client,
  createClient,
  fixedSource,
  type SourceReport,
} from "../../../../adapters/client/mod.ts";
import { encrypt } from "../../../../adapters/dev_server/encrypt.ts";
import type { Payload } from "../../../../mod.ts";

/** A payload whose feature tells its date. */
function payloadOf(dateUpdated: string, from: string): Payload {
  return { features: { from: { defaultValue: from } }, dateUpdated };
}

const initialPayload = payloadOf("2026-02-01T00:00:00Z", "page");

function scene(options: object = {}) {
  const payloads = new Subject<Payload>();
  const reports$ = new Subject<SourceReport>();
  const source = Object.assign(payloads, { reports$ });
  const client = createClient({ source, initialPayload, ...options });
  const seen: string[] = [];
  client.status$.subscribe(({ status, code }) =>
    seen.push(`${status} ${code}`)
  );
  return { client, payloads, reports$, seen };
}

function from(client: Client): unknown {
  return client.getFeatureValue("from", "nowhere");
}

Deno.test("initialPayload serves at once, and the status says so", async () => {
  const { client, seen } = scene();
  assertEquals(from(client), "page");
  assertEquals(seen, ["stale initial-payload"]);
  assertEquals((await client.ready()).code, "initial-payload");
  await client.close();
});

Deno.test("initialPayload gives way to a payload of the source", async () => {
  const { client, payloads, reports$, seen } = scene();
  reports$.next({ type: "ok", updates: "streaming" });
  payloads.next(payloadOf("2026-03-01T00:00:00Z", "source"));
  assertEquals(from(client), "source");
  assertEquals(seen, ["stale initial-payload", "ready ok"]);
  await client.close();
});

Deno.test("initialPayload gives way to a fixed source at once", async () => {
  const source = fixedSource({ features: { from: { defaultValue: "fixed" } } });
  const client = createClient({ source, initialPayload });
  assertEquals(from(client), "fixed");
  assertEquals((await client.ready()).code, "ok");
  await client.close();
});

Deno.test("initialPayload serves on where the source fails, and the status tells why", async () => {
  const { client, payloads, reports$, seen } = scene();
  const failed = { code: "http-503", message: "Down", issues: [], retryIn: 10 };
  reports$.next({ type: "failed", ...failed });
  assertEquals(from(client), "page");
  assertEquals(seen.at(-1), "stale http-503");
  reports$.next({ type: "ok", updates: "polling" });
  payloads.next(payloadOf("2026-03-01T00:00:00Z", "source"));
  assertEquals(seen.at(-1), "ready ok");
  await client.close();
});

Deno.test("initialPayload that is newer than the source's stays, and counts as confirmed", async () => {
  const payloads = new Subject<Payload>();
  const client = createClient({ source: payloads, initialPayload });
  payloads.next(payloadOf("2026-01-01T00:00:00Z", "older"));
  assertEquals(from(client), "page");
  assertEquals((await client.ready()).code, "ok");
  payloads.next(payloadOf("2026-03-01T00:00:00Z", "newer"));
  assertEquals(from(client), "newer");
  await client.close();
});

Deno.test("initialPayload that is no payload is told of, and the source serves", async () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  for (const odd of ["text", 7, { message: "Not found" }, proxy]) {
    const errors: string[] = [];
    const onError = (error: unknown) =>
      void errors.push((error as Error).message);
    const { client, payloads, reports$ } = scene({
      initialPayload: odd,
      onError,
    });
    assertEquals(from(client), "nowhere");
    assertEquals(errors.length, 1);
    assertEquals(
      errors[0]!.startsWith("Cannot use the option initialPayload: "),
      true,
    );
    reports$.next({ type: "ok", updates: "none" });
    payloads.next(payloadOf("2026-03-01T00:00:00Z", "source"));
    assertEquals(from(client), "source");
    await client.close();
  }
});

Deno.test("initialPayload that has to be decrypted hides no failure that came meanwhile", async () => {
  const decryptionKey = "Zvwv/+uhpFDznZ6SX28Yjg==";
  const features = JSON.stringify(initialPayload.features);
  const client = createClient({
    source: throwError(() => new Error("Gone")),
    initialPayload: {
      encryptedFeatures: await encrypt(features, decryptionKey),
    },
    decryptionKey,
    onError: () => {},
  });
  const statuses: string[] = [];
  await new Promise<void>((resolve) => {
    client.status$.subscribe(({ status, code }) => {
      statuses.push(`${status} ${code}`);
      if (status === "stale") resolve();
    });
  });
  assertEquals(statuses, ["error source-error", "stale source-error"]);
  assertEquals(from(client), "page");
  await client.close();
});
