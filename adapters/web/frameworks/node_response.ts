/** What is used of a response of Node, over HTTP/1 or HTTP/2. */
export interface NodeResponse {
  /** Whether the headers are on their way. */
  readonly headersSent: boolean;
  /** Gives a header. */
  readonly getHeader: (
    name: string,
  ) => number | string | readonly string[] | undefined;
  /** Sets a header. */
  readonly setHeader: (name: string, value: readonly string[]) => unknown;
}

type WriteHead = (...given: readonly unknown[]) => unknown;

/**
 * Adds cookies to a response when its headers are sent, however that happens, so that they are those of
 * all reads before, and neither take the place of the application's own cookies nor lose theirs.
 */
export function addCookies(
  response: NodeResponse,
  cookies: () => readonly string[],
): void {
  const written = response as unknown as { writeHead: WriteHead };
  const { writeHead } = written;
  let isDone = false;
  written.writeHead = (...given) => {
    if (isDone || response.headersSent) {
      return writeHead.apply(response, [...given]);
    }
    isDone = true;
    const added = cookies();
    try {
      return writeHead.apply(
        response,
        added.length === 0 ? [...given] : withCookies(response, given, added),
      );
    } catch (error) {
      // Such as for a status that there is none of: the answer that tells of the error gets the cookies.
      isDone = response.headersSent;
      throw error;
    }
  };
}

// What is given to `writeHead` takes the place of what was set before.
function withCookies(
  response: NodeResponse,
  given: readonly unknown[],
  added: readonly string[],
): unknown[] {
  const place = given.findIndex((value) =>
    typeof value === "object" && value !== null
  );
  const headers = given[place] as object | undefined;
  const others = headers === undefined ? null : findCookies(headers);
  if (headers === undefined || others === null) {
    const set = response.getHeader("set-cookie");
    // Node takes a shorter way where all headers are given at once.
    if (set === undefined && headers !== undefined && !Array.isArray(headers)) {
      return given.with(place, { ...headers, "Set-Cookie": added });
    }
    response.setHeader("Set-Cookie", joinCookies(listOf(set), added));
    return [...given];
  }
  return given.with(place, others.replace(joinCookies(others.cookies, added)));
}

// Another middleware may have added the same, such as the identity that both gave a visitor.
function joinCookies(
  cookies: readonly string[],
  added: readonly string[],
): readonly string[] {
  return [...cookies, ...added.filter((cookie) => !cookies.includes(cookie))];
}

interface GivenCookies {
  readonly cookies: readonly string[];
  readonly replace: (cookies: readonly string[]) => unknown;
}

/** Finds the cookies among headers in any form that Node takes; null where there are none. */
function findCookies(headers: object): GivenCookies | null {
  if (!Array.isArray(headers)) {
    const name = Object.keys(headers).find(isSetCookie);
    if (name === undefined) return null;
    const value = (headers as { readonly [name: string]: unknown })[name];
    return {
      cookies: listOf(value),
      replace: (cookies) => ({ ...headers, [name]: cookies }),
    };
  }
  const isFlat = !Array.isArray(headers[0]);
  const pairs = isFlat ? pairUp(headers) : headers as [unknown, unknown][];
  const [mine, others] = [true, false].map((which) =>
    pairs.filter(([name]) => isSetCookie(String(name)) === which)
  );
  if (mine === undefined || others === undefined || mine.length === 0) {
    return null;
  }
  return {
    cookies: mine.flatMap(([, value]) => listOf(value)),
    replace: (cookies) => {
      const all = [
        ...others,
        ...cookies.map((cookie) => ["Set-Cookie", cookie]),
      ];
      return isFlat ? all.flat() : all;
    },
  };
}

function pairUp(list: readonly unknown[]): [unknown, unknown][] {
  return list.flatMap((name, index): [unknown, unknown][] =>
    index % 2 === 0 ? [[name, list[index + 1]]] : []
  );
}

function isSetCookie(name: string): boolean {
  return name.toLowerCase() === "set-cookie";
}

function listOf(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}
