import type { ClientCore } from "../client_core.ts";

/** The parts of a client that streams show. */
export type StreamCore = Pick<
  ClientCore,
  "hub" | "watches" | "keeper" | "scope"
>;
