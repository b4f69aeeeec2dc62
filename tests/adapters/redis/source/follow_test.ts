import { assertEquals } from "@std/assert";
import { NEVER } from "rxjs";
import { follow } from "../../../../adapters/redis/source/follow.ts";
import type { Payload } from "../../../../mod.ts";
import type { Observable } from "../../../../adapters/support/observable.ts";

Deno.test("follow() takes a source that throws where it is listened to for one that fails", () => {
  const broken: Observable<Payload> = Object.assign(NEVER.pipe(), {
    subscribe: () => {
      throw new Error("secret");
    },
  });
  const heard: unknown[] = [];
  const { stop } = follow(broken, {
    take: () => {},
    hear: (report) => heard.push(report),
  });
  stop();
  assertEquals(heard, [{
    type: "failed",
    code: "source-error",
    message: "The source of payloads failed",
    issues: [],
    retryIn: null,
  }]);
});
