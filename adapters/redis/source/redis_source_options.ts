import type { Payload } from "../../../core/types/payload.ts";
import type { PayloadSource } from "../../sources/payload_source.ts";
import type { Clock } from "../../support/time/clock.ts";
import type { Observable } from "../../support/observable.ts";
import type { RedisClient } from "../client/redis_client.ts";

/** What a fleet's source is made with. All times in milliseconds. */
export interface RedisSourceOptions {
  /** The source that one process of the fleet follows, such as `growthbookSource`. */
  readonly source: PayloadSource | Observable<Payload>;
  /** The name of the fleet, of letters, digits and `-_.:/`; default `"growthstream"`. */
  readonly name?: string;
  /** A connected client for pub/sub, which does nothing else; by default the client is duplicated. */
  readonly subscriber?: RedisClient;
  /**
   * How long the process that follows the source keeps its right to, once it is not heard of; default
   * 10,000, at least 1,000. It is renewed three times as often.
   */
  readonly lease?: number;
  /**
   * How long Redis may be gone before this process follows the source itself, and how long the source of
   * another may fail before it is this one's turn; default 30,000. Without any payload it follows
   * the source at once where Redis is gone.
   */
  readonly patience?: number;
  /** How long Redis may take to answer; default 2,000. */
  readonly timeout?: number;
  /** Tells the time and sets timers; default the clock of the runtime. */
  readonly clock?: Clock;
}
