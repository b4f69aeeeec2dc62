/** What the `Host` of a request is: a name that is allowed, one that is not, or no valid one. */
export type HostVerdict = "allowed" | "forbidden" | "invalid";

/**
 * Judges the `Host` header of a request, so that a page of another site can't read from a server on
 * this machine by a name that it lets point here (DNS rebinding). `hosts` has the value of each
 * `Host` line of the request, and the authority of the target where that is an absolute URL.
 *
 * `allowed` has further names, in lower case and without a port; `"*"` allows every valid one. The
 * names of this machine are always allowed: `localhost` and names below it, 127.0.0.0/8 and `::1`.
 * Case, a valid port and one dot at the end make no difference (RFC 9110, section 7.2).
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(checkHost(["LocalHost.:3300"], new Set()), "allowed");
 * assertEquals(checkHost(["evil.example"], new Set()), "forbidden");
 * assertEquals(checkHost(["evil.example"], new Set(["evil.example"])), "allowed");
 * assertEquals(checkHost(["localhost", "localhost"], new Set()), "invalid");
 * ```
 */
export function checkHost(
  hosts: readonly string[],
  allowed: ReadonlySet<string>,
): HostVerdict {
  const [name, ...others] = hosts.map(readHostName);
  // More than one `Host`, or none: what stands in front of the server may have read another one.
  if (name === undefined || name === null || others.length > 0) {
    return "invalid";
  }
  return isLoopback(name) || allowed.has(name) || allowed.has("*")
    ? "allowed"
    : "forbidden";
}

/**
 * Reads the name out of the value of a `Host` header: in lower case, without the port, the dot at
 * the end and the brackets of an IPv6 address, which is given in its shortest form. Null where the
 * value is not valid.
 */
export function readHostName(host: string): string | null {
  const [, address, name, port] =
    /^(?:\[([\da-f:.]+)\]|([\w.-]+))(?::(\d{0,5}))?$/i
      .exec(host) ?? [];
  if (Number(port ?? 0) > 65_535) return null;
  if (address !== undefined) return readAddress(address);
  if (name === undefined || name.length > 254) return null;
  const labels = name.toLowerCase().replace(/\.$/, "").split(".");
  return labels.every(isLabel) ? labels.join(".") : null;
}

function isLabel(label: string): boolean {
  return /^\w(?:[\w-]{0,61}\w)?$/.test(label);
}

// The standard writes an address in its shortest form, and refuses what is none.
function readAddress(address: string): string | null {
  try {
    return new URL(`http://[${address}]`).hostname.slice(1, -1);
  } catch {
    return null;
  }
}

function isLoopback(name: string): boolean {
  if (name === "localhost" || name.endsWith(".localhost")) return true;
  // Of IPv6 there is one address, and 127.0.0.0/8 written as IPv6 (in hexadecimal, as above).
  if (name === "::1" || /^::ffff:7f[\da-f]{2}:[\da-f]{1,4}$/.test(name)) {
    return true;
  }
  const bytes = /^127\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(name)?.slice(1);
  return bytes?.every((byte) => Number(byte) < 256) ?? false;
}
