import type { Settings } from "./inputs/read_options.ts";
import type { TellMisuse } from "./inputs/read_record.ts";
import type { PayloadKnowledge } from "./payload/payload_knowledge.ts";
import type { StateKeeper } from "./state/create_state_keeper.ts";

/** The parts of a client that are there before all others, which need them. */
export interface ClientBase {
  /** What the client was made with. */
  readonly options: Settings;
  /** The state and the queue of inputs. */
  readonly keeper: StateKeeper;
  /** What is known of payloads. */
  readonly definitions: PayloadKnowledge;
  /** Is called with each error. */
  readonly onError: (error: unknown) => void;
  /** Is called with each mistake of the application, once. */
  readonly tell: TellMisuse;
}
