import { memoryStore } from "../../../adapters/log/memory_store.ts";
import { testEventStore } from "../../contracts/event_store_contract.ts";

testEventStore("memoryStore()", { test: Deno.test, open: () => memoryStore() });
