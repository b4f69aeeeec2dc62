/** Reads the browser of a `User-Agent` header as GrowthBook's plugin for browsers does. */
export function readBrowser(
  userAgent: string,
): "edge" | "chrome" | "firefox" | "safari" | "unknown" {
  // Each names those after it as well.
  if (userAgent.includes("Edg")) return "edge";
  if (userAgent.includes("Chrome")) return "chrome";
  if (userAgent.includes("Firefox")) return "firefox";
  return userAgent.includes("Safari") ? "safari" : "unknown";
}

/** Reads the kind of device of a `User-Agent` header as that plugin does. */
export function readDeviceType(userAgent: string): "mobile" | "desktop" {
  return userAgent.includes("Mobi") ? "mobile" : "desktop";
}
