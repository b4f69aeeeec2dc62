import type { ServiceName } from "./service_schemas.ts";

/** What a service does with a request. */
export type Treatment =
  | { readonly kind: "take" }
  | {
    readonly kind: "status";
    readonly status: number;
    readonly retryAfter?: string;
  }
  /** It refuses requests with such an event. */
  | { readonly kind: "refuse"; readonly bad: (id: string) => boolean }
  /** It takes no more events than that at once. */
  | { readonly kind: "limit"; readonly events: number }
  | {
    readonly kind: "unreachable";
    readonly code: "ENOTFOUND" | "ECONNREFUSED";
  }
  /** The connection breaks before an answer; the events were taken, or not. */
  | { readonly kind: "cut"; readonly isTaken: boolean }
  /** There is never an answer. */
  | { readonly kind: "hang"; readonly isTaken: boolean }
  /** The answer begins, and its body never ends, or breaks off. */
  | { readonly kind: "half"; readonly isCut: boolean };

/** A request that came. */
export interface Arrival {
  readonly time: number;
  readonly ids: readonly string[];
}

/** A service in memory, whose time is that of `Date.now()`. */
export interface VirtualService {
  readonly fetch: typeof fetch;
  /** What it does from now on. */
  treat: Treatment;
  /** All requests. */
  readonly arrivals: readonly Arrival[];
  /** The events that it took, as often as it took them. */
  readonly taken: readonly string[];
  /** How many requests are open. */
  readonly open: () => number;
}

/** Makes a service in memory that treats requests as it is told. */
export function virtualService(name: ServiceName): VirtualService {
  const arrivals: Arrival[] = [];
  const taken: string[] = [];
  let open = 0;
  const respond = (
    treat: Treatment,
    body: string,
    ids: readonly string[],
    signal: AbortSignal,
  ): Response | Promise<Response> => {
    const take = () => {
      taken.push(...ids);
    };
    switch (treat.kind) {
      case "take":
        take();
        return new Response("{}");
      case "status": {
        const headers = treat.retryAfter === undefined
          ? {}
          : { "retry-after": treat.retryAfter };
        // A service may repeat what it was sent.
        const text = `${body.slice(0, 200)} ${treat.status}`;
        return new Response(text, { status: treat.status, headers });
      }
      case "refuse": {
        const bad = ids.filter(treat.bad);
        if (bad.length === 0) {
          take();
          return new Response("{}");
        }
        if (name !== "mixpanel") return new Response("bad", { status: 400 });
        taken.push(...ids.filter((id) => !bad.includes(id)));
        return Response.json({
          code: 400,
          status: "Bad Request",
          num_records_imported: ids.length - bad.length,
          failed_records: bad.map((id) => ({
            index: ids.indexOf(id),
            insert_id: id,
            field: "properties.time",
            message: "is invalid",
          })),
        }, { status: 400 });
      }
      case "limit":
        if (ids.length > treat.events) return new Response("", { status: 413 });
        take();
        return new Response("{}");
      case "unreachable":
        throw Object.assign(new TypeError("fetch failed"), {
          cause: { code: treat.code },
        });
      case "cut":
        if (treat.isTaken) take();
        throw new TypeError("fetch failed", { cause: { code: "ECONNRESET" } });
      case "hang":
        if (treat.isTaken) take();
        return new Promise((_, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason));
        });
      case "half":
        take();
        return new Response(
          new ReadableStream({
            pull(controller) {
              if (treat.isCut) controller.error(new TypeError("cut"));
            },
          }, { highWaterMark: 0 }),
        );
    }
  };
  const service: VirtualService = {
    arrivals,
    taken,
    open: () => open,
    treat: { kind: "take" },
    fetch: async (_input, init) => {
      const body = String(init!.body);
      const ids = idsIn(body);
      arrivals.push({ time: Date.now(), ids });
      open++;
      try {
        // An answer takes a turn at least.
        await Promise.resolve();
        return await respond(service.treat, body, ids, init!.signal!);
      } finally {
        open--;
      }
    },
  };
  return service;
}

/** Finds the ids of the events in a request, wherever its service has them. */
export function idsIn(body: string): readonly string[] {
  const ids = body.matchAll(
    /"(?:growthstream_id|messageId|uuid|\$insert_id|id)":"(0198c0de-[-0-9a-f]{27})"/g,
  );
  return [...ids].map(([, id]) => id!);
}
