import type { Command } from "../command/command.ts";
import { deliverCommand } from "./deliver.ts";
import { demoCommand } from "./demo.ts";
import { eraseCommand } from "./erase.ts";
import { evalCommand } from "./eval.ts";
import { initCommand } from "./init.ts";
import { lintCommand } from "./lint.ts";
import { parkedCommand } from "./parked.ts";
import { redeliverCommand } from "./redeliver.ts";
import { replayCommand } from "./replay.ts";
import { reportCommand } from "./report.ts";
import { serveCommand } from "./serve.ts";
import { tailCommand } from "./tail.ts";
import { typesCommand } from "./types.ts";
import { verifyCommand } from "./verify.ts";

/** The commands, in the order in which help lists them. */
export const commands: readonly Command[] = [
  evalCommand,
  lintCommand,
  serveCommand,
  demoCommand,
  reportCommand,
  replayCommand,
  verifyCommand,
  tailCommand,
  deliverCommand,
  parkedCommand,
  redeliverCommand,
  eraseCommand,
  typesCommand,
  initCommand,
];
