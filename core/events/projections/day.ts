const millisecondsOfDay = 86_400_000;

/** As far as JavaScript's dates reach, in milliseconds before and after 1970. */
const furthest = 8.64e15;

/** Gives the day of a time in UTC, as days since 1970-01-01; null for what is no time. */
export function readDay(time: number): number | null {
  return Math.abs(time) <= furthest
    ? Math.floor(time / millisecondsOfDay)
    : null;
}

/**
 * Writes a day as ISO 8601 does, `2025-10-09`; a year beyond 9999 or before 0 has a sign and six
 * digits. By Howard Hinnant's `civil_from_days`
 * (https://howardhinnant.github.io/date_algorithms.html): the core has no dates.
 */
export function formatDay(day: number): string {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra -
    (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${formatYear(year)}-${pad(month, 2)}-${pad(dayOfMonth, 2)}`;
}

function formatYear(year: number): string {
  if (year >= 0 && year <= 9999) return pad(year, 4);
  return `${year < 0 ? "-" : "+"}${pad(Math.abs(year), 6)}`;
}

function pad(number: number, digits: number): string {
  return String(number).padStart(digits, "0");
}
