import { assertEquals } from "@std/assert";
import { networkFailure } from "../../../../adapters/support/http/network_failure.ts";

const url = "https://tls.dns.example/api/features/sdk-certificate";

/** The errors that runtimes reject with, as they were seen. */
const errors: readonly (readonly [code: string, error: unknown])[] = [
  // Deno
  [
    "dns",
    new TypeError(
      `error sending request for url (${url}): client error (Connect): dns error: failed to lookup address information: Name or service not known`,
    ),
  ],
  [
    "refused",
    new TypeError(
      `error sending request for url (${url}): client error (Connect): tcp connect error: Connection refused (os error 111)`,
    ),
  ],
  [
    "tls",
    new TypeError(
      `error sending request for url (${url}): client error (Connect): invalid peer certificate: UnknownIssuer`,
    ),
  ],
  // Node
  ["dns", failed({ code: "ENOTFOUND", message: "getaddrinfo ENOTFOUND x" })],
  ["dns", failed({ code: "EAI_AGAIN", message: "getaddrinfo EAI_AGAIN x" })],
  [
    "refused",
    failed({ code: "ECONNREFUSED", message: "connect ECONNREFUSED" }),
  ],
  [
    "refused",
    failed({ message: "", errors: [{ code: "ECONNREFUSED", message: "" }] }),
  ],
  ["tls", failed({ code: "DEPTH_ZERO_SELF_SIGNED_CERT", message: "x" })],
  ["tls", failed({ code: "CERT_HAS_EXPIRED", message: "x" })],
  ["tls", failed({ code: "ERR_TLS_CERT_ALTNAME_INVALID", message: "x" })],
  ["network", failed({ code: "ECONNRESET", message: "read ECONNRESET" })],
  ["network", failed({ code: "UND_ERR_SOCKET", message: "other side closed" })],
  // Bun
  [
    "refused",
    Object.assign(new Error("Unable to connect."), {
      code: "ConnectionRefused",
    }),
  ],
  [
    "tls",
    Object.assign(new Error("self signed certificate"), {
      code: "DEPTH_ZERO_SELF_SIGNED_CERT",
    }),
  ],
  // Browsers, and what is no error at all
  ["network", new TypeError("Failed to fetch")],
  ["network", new TypeError(`NetworkError when attempting to fetch ${url}`)],
  ["network", undefined],
  ["network", "ENOTFOUND"],
  [
    "network",
    new Proxy({}, {
      get: () => {
        throw new Error("no");
      },
    }),
  ],
];

function failed(cause: object): Error {
  return new TypeError("fetch failed", { cause });
}

Deno.test("networkFailure() has words for names, certificates and refused connections", () => {
  assertEquals(
    errors.map(([, error]) => networkFailure(error, url).code as string),
    errors.map(([code]) => code),
  );
});

Deno.test("networkFailure() ends with an error that is its own cause", () => {
  const error = new Error("x");
  error.cause = error;
  assertEquals(networkFailure(error, url).code, "network");
});
