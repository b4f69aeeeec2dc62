import type { Clock } from "../support/time/clock.ts";

/** The streams of events that are open at a server. */
export interface Streams {
  /** Opens one. */
  readonly open: () => Response;
  /** Sends an event to all, and gives how many they are. */
  readonly send: (event: string, data: string) => number;
  /** Ends all, in good order. */
  readonly close: () => void;
  /** How many are open. */
  readonly count: () => number;
}

/** How often something is sent, so that both sides know that the other one is there. */
const pingInterval = 30_000;

/** How many events may wait for a client that doesn't read; one that falls behind is cut off. */
const waitingLimit = 8;

type Controller = ReadableStreamDefaultController<Uint8Array>;

/**
 * Makes a list of streams. `sign` is what is sent now and then: an event without data, as GrowthBook
 * has it, or another text.
 */
export function createStreams(
  clock: Clock,
  headers: { readonly [name: string]: string },
  sign: string = "data:\n\n",
): Streams {
  const encoder = new TextEncoder();
  const controllers = new Set<Controller>();
  let stopPinging = () => {};
  let sent = 0;

  const write = (text: string): void => {
    const bytes = encoder.encode(text);
    for (const controller of controllers) {
      // A client that was cut off connects again, and asks for what it has missed.
      if ((controller.desiredSize ?? 0) <= -waitingLimit) cutOff(controller);
      else controller.enqueue(bytes);
    }
  };
  const end = (controller: Controller): void => {
    leave(controller);
    controller.close();
  };
  // What waits for it goes as well.
  const cutOff = (controller: Controller): void => {
    leave(controller);
    controller.error(new Error("The client falls behind"));
  };
  const leave = (controller: Controller): void => {
    controllers.delete(controller);
    if (controllers.size === 0) stopPinging();
  };
  const ping = (): void => {
    write(sign);
    if (controllers.size > 0) stopPinging = clock.setTimer(ping, pingInterval);
  };
  return {
    open: () => {
      let own: Controller;
      return respond(headers, {
        start: (controller) => {
          own = controller;
          if (controllers.size === 0) {
            stopPinging = clock.setTimer(ping, pingInterval);
          }
          controllers.add(controller);
          controller.enqueue(encoder.encode("retry: 10000\n\n"));
        },
        cancel: () => leave(own),
      });
    },
    send: (event, data) => {
      // The space after the id is there because GrowthBook Proxy sends one.
      write(`id: ${++sent} \nevent: ${event}\ndata: ${data}\n\n`);
      return controllers.size;
    },
    close: () => {
      for (const controller of controllers) end(controller);
    },
    count: () => controllers.size,
  };
}

function respond(
  headers: { readonly [name: string]: string },
  source: UnderlyingDefaultSource<Uint8Array>,
): Response {
  return new Response(new ReadableStream<Uint8Array>(source), {
    headers: {
      ...headers,
      "content-type": "text/event-stream",
      "cache-control": "no-store",
    },
  });
}
