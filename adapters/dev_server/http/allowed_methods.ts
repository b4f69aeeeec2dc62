/** What `allow` says where a method is needed: `HEAD` is a `GET` without its body (RFC 9110, section 9.3.2). */
export const allowedMethods = {
  GET: "GET, HEAD, OPTIONS",
  POST: "POST, OPTIONS",
} as const;
