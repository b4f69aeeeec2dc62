"use client";
import type { ReactNode } from "react";
import type { JsonValue } from "../../core/types/json.ts";
import { useFeature } from "./use_feature.ts";

/** What `Feature` is made with. */
export interface FeatureProps<Key extends string = string, Value = JsonValue> {
  /** The key of the feature. */
  readonly flag: Key;
  /** What shows where the feature is off; nothing by default. */
  readonly fallback?: ReactNode;
  /** What shows where the feature is on; a function is called with the feature's value. */
  readonly children?: ReactNode | ((value: Value) => ReactNode);
}

/**
 * Shows its children where a feature is on, and its fallback where it is off. It renders and records as
 * `useFeature` does. In JSX: `<Feature flag="chat" fallback={<Mail />}><Chat /></Feature>`.
 *
 * @example
 * ```ts
 * import { Feature, FlagsProvider } from "@growthstream/sdk/react";
 * import { testClient } from "@growthstream/sdk/client";
 * import { assertEquals } from "@std/assert";
 * import { createElement } from "react";
 * import { renderToString } from "react-dom/server";
 *
 * const client = testClient({ features: { chat: true } });
 * const help = createElement(Feature, { flag: "chat", fallback: "Write to us" }, "Chat with us");
 * const page = createElement(FlagsProvider, { client }, help);
 * assertEquals(renderToString(page), "Chat with us");
 * await client.close();
 * ```
 */
export function Feature(
  { flag, fallback = null, children = null }: FeatureProps,
): ReactNode {
  const { on, value } = useFeature(flag);
  if (!on) return fallback;
  return typeof children === "function"
    ? children(value as JsonValue)
    : children;
}
