/** The type that a literal belongs to: `boolean` for `false`, `string` for `"a"`. */
export type Widen<Value> = Value extends boolean ? boolean
  : Value extends number ? number
  : Value extends string ? string
  : Value;
