/** Whether a pattern, such as `{ a, b: [c = 1, ...d] }`, binds a name. */
export function bindsName(
  pattern: Deno.lint.Node | Deno.lint.Parameter | null,
  name: string,
): boolean {
  switch (pattern?.type) {
    case "Identifier":
      return pattern.name === name;
    case "ObjectPattern":
      return pattern.properties.some((property) => bindsName(property, name));
    case "Property":
      return bindsName(pattern.value, name);
    case "ArrayPattern":
      return pattern.elements.some((element) => bindsName(element, name));
    case "AssignmentPattern":
      return bindsName(pattern.left, name);
    case "RestElement":
      return bindsName(pattern.argument, name);
    default:
      return false;
  }
}
