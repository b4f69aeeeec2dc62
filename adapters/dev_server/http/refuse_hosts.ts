import { checkHost, readHostName } from "./check_host.ts";

const anyAddresses = ["0.0.0.0", "::"];

/**
 * Gives what answers requests by a `Host` that is not allowed, with 403, or not valid, with 400; null
 * for one that is allowed. `host` is the address that the server listens at, `names` are further ones.
 */
export function refuseHosts(
  host: string,
  names: readonly string[],
): (hosts: readonly string[]) => Response | null {
  const own = readHostName(host.includes(":") ? `[${host}]` : host);
  const allowed = new Set(names.map((name) => readHostName(name) ?? name));
  if (own !== null && !anyAddresses.includes(own)) allowed.add(own);
  return (hosts) => {
    const verdict = checkHost(hosts, allowed);
    if (verdict === "allowed") return null;
    const status = verdict === "invalid" ? 400 : 403;
    const error = verdict === "invalid"
      ? "The request has no valid Host"
      : "The Host is not allowed here: start the server with --allow-host for it";
    return Response.json({ status, error }, {
      status,
      headers: { "cache-control": "no-store", connection: "close" },
    });
  };
}
