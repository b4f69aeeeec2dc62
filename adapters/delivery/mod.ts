/**
 * Deliveries: what hands the events of a log over to a handler or a service, at least once, with the
 * same id each time.
 *
 * @module
 */

export type { Checkpoint } from "../log/port/checkpoint.ts";
export type { ConsumerKey } from "../log/port/consumer_key.ts";
export type {
  AppendOptions,
  Claim,
  ConsumerState,
  EventStore,
  StoredEvent,
  StorePositions,
} from "../log/port/event_store.ts";
export type { ErasedUser } from "../log/port/is_about.ts";
export {
  type ParkedEvent,
  type ParkingEvent,
  type ParkReason,
  parkReasons,
} from "../log/port/parked_event.ts";
export type { Clock } from "../support/time/clock.ts";
export type { TimeoutOptions } from "../support/time/timeout_options.ts";
export { consume } from "./consume.ts";
export type { Consumer, ConsumerCounts, ConsumerLedger } from "./consumer.ts";
export type { ConsumeOptions, ReaderOptions } from "./consumer_options.ts";
export { deliver, type DeliverOptions } from "./deliver.ts";
export type { DeliveryInfo, EventHandler } from "./event_handler.ts";
export { listParked } from "./list_parked.ts";
export { type PauseReason, pauseReasons } from "./machine/delivery_state.ts";
export { redeliver } from "./redeliver.ts";
export {
  type SendEvents,
  type Sink,
  sink,
  type SinkAnswer,
  type SinkEvent,
  type SinkLimits,
  type SinkOptions,
} from "./sink.ts";
export {
  type FailedAnswer,
  type SinkFailure,
  sinkFailure,
} from "./sink_failure.ts";
export { fileSink, type FileSinkOptions } from "./sinks/file_sink.ts";
export { ga4Sink, type Ga4SinkOptions } from "./sinks/ga4_sink.ts";
export {
  growthbookSink,
  type GrowthbookSinkOptions,
} from "./sinks/growthbook_sink.ts";
export type { MapEvent, MappedEvent } from "./sinks/mapping/mapped_event.ts";
export type { SinkUser } from "./sinks/mapping/sink_user.ts";
export {
  mixpanelSink,
  type MixpanelSinkOptions,
} from "./sinks/mixpanel_sink.ts";
export { posthogSink, type PosthogSinkOptions } from "./sinks/posthog_sink.ts";
export { segmentSink, type SegmentSinkOptions } from "./sinks/segment_sink.ts";
export type { ServiceSinkOptions } from "./sinks/service/service_options.ts";
export { webhookSink, type WebhookSinkOptions } from "./sinks/webhook_sink.ts";
