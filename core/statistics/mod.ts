/**
 * Statistics of experiments, as pure functions of numbers.
 *
 * @module
 */

export { checkSplit, type SplitTest } from "./check_split.ts";
export { chiSquaredPValue } from "./chi_squared_p_value.ts";
