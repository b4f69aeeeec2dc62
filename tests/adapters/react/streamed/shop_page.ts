import { FlagsProvider, useFeatureValue } from "@growthstream/sdk/react";
import { createElement, type ReactNode, Suspense, use } from "react";

/** A page whose last part waits. */
export interface ShopPageProps {
  /** The user's view on the server, or the client of the page. */
  readonly client: Parameters<typeof FlagsProvider>[0]["client"];
  /** What the server hands over. */
  readonly flags: string;
  /** What the last part waits for; null in the page, which gets it rendered. */
  readonly wait: Promise<void> | null;
}

/** The whole document: a shell with a flag, and a part with two that comes later. */
export function ShopPage({ client, flags, wait }: ShopPageProps): ReactNode {
  return createElement(
    "html",
    null,
    createElement(
      "head",
      null,
      createElement("link", { rel: "icon", href: "data:," }),
    ),
    createElement(
      "body",
      null,
      createElement(
        FlagsProvider,
        { client },
        createElement("h1", null, createElement(Flag, { name: "banner" })),
        createElement(
          Suspense,
          { fallback: "…" },
          createElement(Late, { wait }),
        ),
      ),
      createElement("script", {
        type: "application/json",
        id: "flags",
        dangerouslySetInnerHTML: { __html: flags },
      }),
    ),
  );
}

function Late({ wait }: Pick<ShopPageProps, "wait">): ReactNode {
  if (wait !== null) use(wait);
  return createElement(
    "p",
    null,
    createElement(Flag, { name: "banner" }),
    " ",
    createElement(Flag, { name: "button" }),
  );
}

function Flag({ name }: { readonly name: string }): ReactNode {
  return useFeatureValue(name, "?");
}
