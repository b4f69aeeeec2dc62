export { createConsumerEngine } from "./create_consumer_engine.ts";
export { createKeepAlive, type KeepAlive } from "./keep_alive.ts";
