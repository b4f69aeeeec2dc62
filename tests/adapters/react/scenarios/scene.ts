import {
  type Client,
  type ClientEvent,
  type ClientOptions,
  createClient,
} from "@growthstream/sdk/client";
import { FlagsProvider } from "@growthstream/sdk/react";
import {
  act,
  createElement,
  type FunctionComponent,
  type ReactNode,
} from "react";
import { createRoot, hydrateRoot, type Root } from "react-dom/client";
import { Subject } from "rxjs";

/** Something that is true of the hooks, in any version of React and in any document. */
export type Scenario = (scene: Scene) => Promise<void> | void;

/** Scenarios by the fact that they state. */
export type Scenarios = Readonly<Record<string, Scenario>>;

/** The part of an element of a page that scenarios use. */
export interface PageElement {
  readonly textContent: string | null;
  innerHTML: string;
  readonly append: (element: PageElement) => void;
  readonly remove: () => void;
  readonly querySelector: (
    selector: string,
  ) => { readonly click?: () => void } | null;
}

interface Page {
  readonly body: PageElement;
  readonly createElement: (tag: string) => PageElement;
}

type Payload = Parameters<Subject<{ readonly features: object }>["next"]>[0];

/** What a scenario happens in. All that it opens is closed after it. */
export interface Scene {
  /** Makes a client whose payloads the scenario gives; null lets it wait for the first. */
  readonly open: (
    payload: Payload | null,
    options?: Partial<ClientOptions>,
  ) => Opened;
  /** Renders into a container of its own. */
  readonly mount: (node: ReactNode) => Promise<Mounted>;
  /** Hydrates what a server rendered. */
  readonly hydrate: (html: string, node: ReactNode) => Promise<Hydrated>;
  /** Lets React work as it does outside of tests. */
  readonly withoutAct: (action: () => Promise<void>) => Promise<void>;
  /** What React, and everything else, told on the console as an error. */
  readonly complaints: string[];
}

/** A client, and what it recorded. */
export interface Opened {
  readonly client: Client;
  readonly source: Subject<never>;
  readonly give: (payload: Payload) => Promise<void>;
  /** The exposures, as `experiment:variation`. */
  readonly exposures: readonly string[];
  readonly events: readonly ClientEvent[];
  /** Puts a tree below a provider with the client. */
  readonly provide: (...children: readonly ReactNode[]) => ReactNode;
}

/** A tree that is rendered. */
export interface Mounted {
  readonly container: PageElement;
  readonly text: () => string;
  readonly render: (node: ReactNode) => Promise<void>;
  readonly unmount: () => Promise<void>;
}

/** Runs a scenario, and fails where it left an error on the console. */
export async function runScenario(scenario: Scenario): Promise<void> {
  const stops: (() => unknown)[] = [];
  const complaints: string[] = [];
  const { error } = console;
  console.error = (...values: readonly unknown[]) => {
    const complaint = values.map(String).join(" ");
    // No page renders as a server and as a page at once; a scenario does.
    if (complaint.includes("Detected multiple renderers")) return;
    complaints.push(complaint);
  };
  setActing(true);
  try {
    await scenario(createScene(stops, complaints));
    for (const stop of stops.reverse()) await stop();
  } finally {
    console.error = error;
  }
  if (complaints.length > 0) {
    throw new Error(`The console was told: ${complaints.join("\n")}`);
  }
}

function createScene(
  stops: (() => unknown)[],
  complaints: string[],
): Scene {
  const keep = (root: Root, container: PageElement): Mounted => {
    let isMounted = true;
    const unmount = async () => {
      if (!isMounted) return;
      isMounted = false;
      await act(async () => await root.unmount());
      container.remove();
    };
    stops.push(unmount);
    return {
      container,
      text: () => container.textContent ?? "",
      render: (node) => act(async () => await root.render(node)),
      unmount,
    };
  };
  return {
    complaints,
    withoutAct: async (action) => {
      setActing(false);
      try {
        await action();
      } finally {
        setActing(true);
      }
    },
    open: (payload, options = {}) => {
      const source = new Subject<never>();
      const client = createClient({
        source,
        attributes: { id: "7" },
        ...options,
      });
      const events: ClientEvent[] = [];
      const exposures: string[] = [];
      client.events$.subscribe((event) => {
        events.push(event);
        if (event.type !== "experiment.viewed") return;
        const { experimentKey, variationId } = event.data;
        exposures.push(`${experimentKey}:${variationId}`);
      });
      if (payload !== null) source.next(payload as never);
      stops.push(() => client.close());
      return {
        client,
        source,
        give: (next) => act(async () => await source.next(next as never)),
        exposures,
        events,
        provide: (...children) =>
          createElement(FlagsProvider, { client }, ...children),
      };
    },
    mount: async (node) => {
      const container = addContainer();
      const root = createRoot(container as never);
      await act(async () => await root.render(node));
      return keep(root, container);
    },
    hydrate: async (html, node) => {
      const container = addContainer();
      container.innerHTML = html;
      const element = container.querySelector("p");
      let root: Root | null = null;
      await act(async () =>
        await (root = hydrateRoot(container as never, node))
      );
      return { ...keep(root!, container), element };
    },
  };
}

/** A tree that was hydrated. */
export interface Hydrated extends Mounted {
  /** The first paragraph before that. */
  readonly element: unknown;
}

/** Adds an element to the page. */
export function addContainer(): PageElement {
  const { document } = globalThis as unknown as { readonly document: Page };
  const container = document.createElement("div");
  document.body.append(container);
  return container;
}

/** Gives a component that notes each render of it. */
export function counted(
  render: () => ReactNode,
): readonly [component: FunctionComponent, renders: readonly ReactNode[]] {
  const renders: ReactNode[] = [];
  return [() => {
    const node = render();
    renders.push(node);
    return node;
  }, renders];
}

/** Lets React work until a condition holds; fails after ten seconds. */
export async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error("Cannot wait any longer");
    const turn = () => new Promise<void>((resolve) => setTimeout(resolve));
    await (isActing() ? act(turn) : turn());
  }
}

interface Acting {
  IS_REACT_ACT_ENVIRONMENT?: boolean;
}

function setActing(is: boolean): void {
  (globalThis as Acting).IS_REACT_ACT_ENVIRONMENT = is;
}

function isActing(): boolean {
  return (globalThis as Acting).IS_REACT_ACT_ENVIRONMENT === true;
}
