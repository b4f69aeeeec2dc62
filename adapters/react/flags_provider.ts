"use client";
import {
  type Context,
  createContext,
  createElement,
  type ReactElement,
  type ReactNode,
  useContext,
} from "react";
import type { Reads } from "./stores.ts";

/** A client, or a user's view of one, whatever its features. */
export interface ProvidedClient {
  /** Gives a feature's result without recording. */
  readonly peek: (key: never) => object;
  /** Gives what evaluations read. */
  readonly snapshot: () => object;
}

/** What a provider is made with. */
export interface FlagsProviderProps<
  Provided extends ProvidedClient = ProvidedClient,
> {
  /**
   * The client that the components below read. On a server that renders for many users, the user's view
   * of it, as `forUser` and `loadUser` give it.
   */
  readonly client: Provided;
  /** What is below. */
  readonly children?: ReactNode;
}

const ReadsContext: Context<Reads | null> = createContext<Reads | null>(null);

/**
 * Gives the components below it a client to read features from. A tree may have several, one inside
 * another, and several trees may share a client. The provider neither waits for the client nor closes
 * it. Throws a `TypeError` where `client` is no client.
 *
 * @example
 * ```ts
 * import { FlagsProvider, useFeatureIsOn } from "@growthstream/sdk/react";
 * import { testClient } from "@growthstream/sdk/client";
 * import { assertEquals } from "@std/assert";
 * import { createElement } from "react";
 * import { renderToString } from "react-dom/server";
 *
 * function Help() {
 *   return useFeatureIsOn("chat") ? "Chat with us" : "Write to us";
 * }
 * const client = testClient({ features: { chat: true } });
 * const page = createElement(FlagsProvider, { client }, createElement(Help));
 * assertEquals(renderToString(page), "Chat with us");
 * await client.close();
 * ```
 */
export function FlagsProvider(
  { client, children }: FlagsProviderProps,
): ReactElement {
  // What JavaScript forgets to give is named here, and not by the first component that reads.
  if (typeof client?.peek !== "function") {
    throw new TypeError(
      `Cannot provide features: \`client\` is ${
        client === null ? "null" : typeof client
      }, not a client or a user's view of one`,
    );
  }
  const value = client as unknown as Reads;
  return createElement(ReadsContext.Provider, { value }, children);
}

/** Gives the client or the view of the nearest provider. Throws where there is none. */
export function useReads(): Reads {
  const reads = useContext(ReadsContext);
  if (reads !== null) return reads;
  throw new Error(
    "Cannot read features: there is no FlagsProvider above this component, or only one of another copy of the package",
  );
}
