import { imports } from "./pure_core/imports.ts";
import { noClass } from "./pure_core/no_class.ts";
import { noHost } from "./pure_core/no_host.ts";
import { noModuleState } from "./pure_core/no_module_state.ts";
import { noThis } from "./pure_core/no_this.ts";

/**
 * The lint plugin that keeps `core/` pure: data in, data out. Files outside
 * `core/` are none of its business.
 *
 * Deno 2.9 does not show a plugin what follows an empty statement (a lone `;`).
 * `deno fmt` removes those, so format and lint belong together.
 */
const pureCore: Deno.lint.Plugin = {
  name: "pure-core",
  rules: {
    imports,
    "no-class": noClass,
    "no-host": noHost,
    "no-module-state": noModuleState,
    "no-this": noThis,
  },
};

export default pureCore;
