/** Names that the core does not use, by what to do instead. */
const NAMES: readonly (readonly [advice: string, names: readonly string[]])[] =
  [
    ["Take the time as a parameter", ["Date", "Temporal", "performance"]],
    [
      "Take the random value or the id as a parameter; core/payload/decrypt/decrypt.ts alone uses WebCrypto",
      ["crypto"],
    ],
    [
      "Return what there is to say as data; an adapter reports it",
      ["alert", "confirm", "console", "prompt", "reportError"],
    ],
    [
      "Take the answer as a parameter; an adapter asks for it",
      [
        "BroadcastChannel",
        "EventSource",
        "Headers",
        "MessageChannel",
        "Request",
        "Response",
        "WebSocket",
        "Worker",
        "XMLHttpRequest",
        "fetch",
        "postMessage",
      ],
    ],
    [
      "Return what there is to do as data; an adapter decides when it happens",
      [
        "AbortController",
        "AbortSignal",
        "EventTarget",
        "addEventListener",
        "cancelAnimationFrame",
        "clearImmediate",
        "clearInterval",
        "clearTimeout",
        "dispatchEvent",
        "queueMicrotask",
        "removeEventListener",
        "requestAnimationFrame",
        "requestIdleCallback",
        "setImmediate",
        "setInterval",
        "setTimeout",
      ],
    ],
    [
      "Take the value as a parameter; an adapter knows where it runs",
      [
        "Buffer",
        "Bun",
        "Deno",
        "Intl",
        "__dirname",
        "__filename",
        "caches",
        "cookieStore",
        "document",
        "frames",
        "global",
        "globalThis",
        "history",
        "indexedDB",
        "localStorage",
        "location",
        "navigator",
        "parent",
        "process",
        "screen",
        "self",
        "sessionStorage",
        "top",
        "window",
      ],
    ],
    [
      "Import it from a file of core/",
      ["exports", "importScripts", "module", "require"],
    ],
    [
      "Use core/url/parse_url.ts, the one file that parses addresses",
      ["URL", "URLPattern", "URLSearchParams"],
    ],
    [
      "Use core/payload/decrypt/decrypt.ts, the one file that decodes bytes",
      [
        "Blob",
        "TextDecoder",
        "TextEncoder",
        "atob",
        "btoa",
      ],
    ],
    [
      "Copy what is needed with the language itself",
      ["structuredClone"],
    ],
    [
      "Keep nothing that depends on the garbage collector; a WeakMap does not",
      ["FinalizationRegistry", "WeakRef"],
    ],
    ["Write the code where it runs", ["Function", "eval"]],
  ];

const ADVICE: ReadonlyMap<string, string> = new Map(
  NAMES.flatMap(([advice, names]) =>
    names.map((name): [string, string] => [name, advice])
  ),
);

/** What to do instead of using a name of the host; `undefined` for any other name. */
export function hostAdvice(name: string): string | undefined {
  return ADVICE.get(name);
}
