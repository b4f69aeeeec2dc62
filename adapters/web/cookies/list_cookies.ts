import type { RequestParts } from "../request/request_parts.ts";

/** A cookie as a request brings it: nothing is decoded. */
export interface RawCookie {
  /** Its name. */
  readonly name: string;
  /** Its value. */
  readonly value: string;
}

/** As much of the header is read: more than the servers of most runtimes take. */
const longest = 32_768;
/** More than browsers keep for a site. */
const most = 300;

/** Lists the cookies of a request in the order in which they stand there; 300 at most. */
export function listCookies({ header }: RequestParts): readonly RawCookie[] {
  const text = header("cookie", longest);
  const cookies: RawCookie[] = [];
  if (text === "") return cookies;
  for (const cookie of text.split(";", most)) {
    const end = cookie.indexOf("=");
    if (end < 1) continue;
    const name = cookie.slice(0, end).trim();
    if (name !== "") {
      cookies.push({ name, value: cookie.slice(end + 1).trim() });
    }
  }
  return cookies;
}
