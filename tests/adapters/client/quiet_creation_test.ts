import { assertEquals } from "@std/assert";
import { BehaviorSubject, Subject } from "rxjs";
import {
  createClient,
  fixedSource,
  memoryStickyBuckets,
} from "../../../adapters/client/mod.ts";
import type { Payload } from "../../../mod.ts";
import { shop } from "./support.ts";

/** Runs something where clocks, timers and random numbers throw, as at the top of a Worker's module. */
function atModuleTop<Value>(action: () => Value): Value {
  const fail = () => {
    throw new Error("Disallowed operation called within global scope");
  };
  const {
    setTimeout,
    setInterval,
    fetch,
    crypto,
    performance,
  } = globalThis;
  const { random } = Math;
  const { now } = Date;
  const replace = (name: string, value: unknown) =>
    Object.defineProperty(globalThis, name, {
      value,
      configurable: true,
      writable: true,
    });
  try {
    for (const name of ["setTimeout", "setInterval", "fetch"]) {
      replace(name, fail);
    }
    replace("crypto", { getRandomValues: fail, randomUUID: fail, subtle: {} });
    replace("performance", { now: fail, timeOrigin: 0 });
    Math.random = fail;
    Date.now = fail;
    return action();
  } finally {
    Object.entries({
      setTimeout,
      setInterval,
      fetch,
      crypto,
      performance,
    })
      .forEach(([name, value]) => replace(name, value));
    Math.random = random;
    Date.now = now;
  }
}

Deno.test("createClient() needs no clock, timer or random number at the top of a module", async () => {
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  const called: string[] = [];
  for (
    const options of [{}, { stickyBuckets: memoryStickyBuckets() }, {
      trackingCallback: () => void called.push("called"),
      recordUser: "all" as const,
      attributes: { id: "1" },
    }, { recording: { countEvaluations: true } }]
  ) {
    for (const source of [fixedSource(shop), new BehaviorSubject(shop)]) {
      const client = atModuleTop(() => {
        const made = createClient({ source, onError, ...options });
        assertEquals(made.peek("banner").value, "Welcome");
        made.snapshot();
        made.forUser({ attributes: { id: "2" } });
        return made;
      });
      assertEquals(client.getFeatureValue("banner", ""), "Welcome");
      client.isOn("cta");
      await client.close();
    }
  }
  assertEquals(errors, []);
  assertEquals(called.length > 0, true);
});

Deno.test("ready() does not reject at the top of a module, where nothing can come", async () => {
  const client = createClient({ source: new Subject<Payload>() });
  const { status } = await atModuleTop(() => client.ready());
  assertEquals(status, "initializing");
  await client.close();
});
