#!/usr/bin/env node
/**
 * Runs the command `growthstream` in this process.
 *
 * @module
 */
import process from "node:process";
import { createHost } from "./command/create_host.ts";
import { main } from "./mod.ts";

// In a clone, the command is run by tasks.
const program = import.meta.url.endsWith(".ts") ? "deno task" : undefined;

process.exitCode = await main(process.argv.slice(2), createHost(program));
