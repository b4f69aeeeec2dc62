const most = 10;

/**
 * Reads an `Accept-Language` header: the languages from the most to the least wanted, each once, ten at
 * most. What is no language, is not wanted (`q=0`), or stands for any (`*`) is left out.
 */
export function readLanguages(header: string): readonly string[] {
  if (header === "") return [];
  const wanted: { readonly language: string; readonly weight: number }[] = [];
  let isSorted = true;
  let last = 1;
  for (const entry of header.split(",", 3 * most)) {
    const end = entry.indexOf(";");
    const language = (end < 0 ? entry : entry.slice(0, end)).trim();
    const weight = end < 0 ? 1 : readWeight(entry.slice(end + 1));
    if (weight === 0 || !isLanguage(language)) continue;
    isSorted &&= weight <= last;
    last = weight;
    wanted.push({ language, weight });
  }
  // Browsers send them in order.
  if (!isSorted) wanted.sort((one, other) => other.weight - one.weight);
  const languages: string[] = [];
  for (const { language } of wanted) {
    if (languages.length === most) break;
    if (!languages.includes(language)) languages.push(language);
  }
  return languages;
}

function isLanguage(text: string): boolean {
  return /^[a-z]{1,8}(?:-[a-z\d]{1,8}){0,4}$/i.test(text);
}

// RFC 9110, 12.4.2: 1 where there is none.
function readWeight(parameters: string): number {
  const weight = parameters.split(";").map((parameter) => parameter.trim())
    .find((parameter) => /^q=/i.test(parameter));
  if (weight === undefined) return 1;
  return /^q=(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i.test(weight)
    ? Number(weight.slice(2))
    : 0;
}
