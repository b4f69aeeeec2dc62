/** The longest that a service or a server may ask to be left alone, in milliseconds. */
export const longestRetryAfter = 3_600_000;
