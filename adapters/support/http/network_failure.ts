/** What kept a request from being answered, in words of its own where the runtime tells. */
export interface NetworkFailure {
  /** What it is, for programs. */
  readonly code: "dns" | "tls" | "refused" | "network";
  /** The same for people, as the end of a message. */
  readonly reason: string;
}

/**
 * Tells why `fetch` rejected, by the codes and messages of Deno, Node and Bun. Browsers don't tell:
 * there, and where nothing is recognised, it is `"network"`. Nothing of the error is part of the
 * answer, because it may hold the URL.
 */
export function networkFailure(error: unknown, url: string): NetworkFailure {
  const text = describe(error, 0).replaceAll(url, "").replaceAll(
    hostOf(url),
    "",
  );
  return failures.find(({ pattern }) => pattern.test(text)) ?? unknownFailure;
}

const unknownFailure: NetworkFailure = {
  code: "network",
  reason: "the server can't be reached",
};

const failures: readonly (NetworkFailure & { readonly pattern: RegExp })[] = [
  {
    code: "dns",
    reason: "the name of the host can't be resolved",
    pattern:
      /\b(?:ENOTFOUND|EAI_\w+|ENODATA|ESERVFAIL|DNS\w*)\b|\bdns error|getaddrinfo|failed to lookup|FailedToOpenSocket/i,
  },
  {
    code: "refused",
    reason: "the host refuses the connection",
    pattern: /ECONNREFUSED|Connection ?Refused/i,
  },
  {
    code: "tls",
    reason: "the host's certificate, or its encryption, can't be trusted",
    pattern:
      /certificate|\bCERT_|_CERT\b|_CERT_|self.signed|UNABLE_TO_\w+|\bERR_(?:TLS|SSL)|\b(?:TLS|SSL)\b|handshake|EPROTO\b|UnknownIssuer/i,
  },
];

/** Gathers what an error and its causes say of themselves. */
function describe(error: unknown, depth: number): string {
  if (typeof error !== "object" || error === null || depth > 5) return "";
  try {
    const { code, message, cause, errors } = error as {
      readonly [name: string]: unknown;
    };
    const inner = Array.isArray(errors) ? errors.slice(0, 5) : [];
    const own = [code, message].filter((part) => typeof part === "string");
    const deeper = [cause, ...inner].map((part) => describe(part, depth + 1));
    return [...own, ...deeper].join(" ");
  } catch {
    return "";
  }
}

function hostOf(url: string): string {
  return /^[a-z]+:\/\/([^/:]+)/i.exec(url)?.[1] ?? url;
}
