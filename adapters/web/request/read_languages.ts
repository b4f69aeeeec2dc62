const most = 10;

/**
 * Reads an `Accept-Language` header: the languages from the most to the least wanted, each once, ten at
 * most. What is no language, is not wanted (`q=0`), or stands for any (`*`) is left out.
 */
export function readLanguages(header: string): readonly string[] {
  if (header === "") return [];
  const wanted = header.split(",", 3 * most).flatMap((entry) => {
    const [language = "", ...parameters] = entry.trim().split(/\s*;\s*/);
    const weight = readWeight(parameters);
    return isLanguage(language) && weight > 0 ? [{ language, weight }] : [];
  });
  const sorted = wanted.toSorted((one, other) => other.weight - one.weight);
  return [...new Set(sorted.map(({ language }) => language))].slice(0, most);
}

function isLanguage(text: string): boolean {
  return /^[a-z]{1,8}(?:-[a-z\d]{1,8}){0,4}$/i.test(text);
}

// RFC 9110, 12.4.2: 1 where there is none.
function readWeight(parameters: readonly string[]): number {
  const weight = parameters.find((parameter) => /^q=/i.test(parameter));
  if (weight === undefined) return 1;
  return /^q=(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i.test(weight)
    ? Number(weight.slice(2))
    : 0;
}
