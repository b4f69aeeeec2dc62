export { createDirectEngine } from "./create_direct_engine.ts";
export { createKeepAlive, type KeepAlive } from "./keep_alive.ts";
