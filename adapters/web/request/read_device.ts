/** What a user agent tells of a device, under the names of GrowthBook's own plugin. */
export interface Device {
  /** The browser. */
  readonly browser: "edge" | "chrome" | "firefox" | "safari" | "unknown";
  /** The kind of device. */
  readonly deviceType: "mobile" | "desktop";
}

/** Reads a `User-Agent` header as GrowthBook's plugin for browsers does. */
export function readDevice(userAgent: string): Device {
  return {
    browser: readBrowser(userAgent),
    deviceType: userAgent.includes("Mobi") ? "mobile" : "desktop",
  };
}

// Each names those after it as well.
function readBrowser(userAgent: string): Device["browser"] {
  if (userAgent.includes("Edg")) return "edge";
  if (userAgent.includes("Chrome")) return "chrome";
  if (userAgent.includes("Firefox")) return "firefox";
  return userAgent.includes("Safari") ? "safari" : "unknown";
}
