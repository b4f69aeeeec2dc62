/** @jsxImportSource react */
import { type ReactElement, type ReactNode, useEffect, useState } from "react";
import { hooks } from "./flags.ts";

const { Feature, useFeatureValue, useFlagsClient, useFlagsStatus, useTrack } =
  hooks;

const teas = [
  { name: "Sencha", price: 9 },
  { name: "Assam", price: 7 },
  { name: "Rooibos", price: 6 },
];

/** The shop. */
export function App(): ReactElement {
  return (
    <main>
      <Banner />
      <Visitor />
      <section>
        {teas.map((tea) => <Tea key={tea.name} {...tea} />)}
      </section>
      <Exposures />
      <Status />
    </main>
  );
}

function Banner(): ReactElement {
  const banner = useFeatureValue("banner", "Tea");
  const accent = useFeatureValue("accent", "#333333");
  return (
    <header style={{ background: accent }}>
      <small>Fern &amp; Kettle</small>
      <h1>{banner}</h1>
    </header>
  );
}

/** Who visits: another visitor may see another variation. */
function Visitor(): ReactElement {
  const client = useFlagsClient();
  const [visitor, setVisitor] = useState({ id: "1", country: "gb" });
  const become = (change: Partial<typeof visitor>) => {
    const next = { ...visitor, ...change };
    setVisitor(next);
    client.setAttributes(next);
  };
  return (
    <nav>
      {["1", "2", "3", "4", "5", "6"].map((id) => (
        <button
          key={id}
          type="button"
          aria-pressed={visitor.id === id}
          onClick={() => become({ id })}
        >
          Visitor {id}
        </button>
      ))}
      <label>
        <input
          type="checkbox"
          checked={visitor.country === "fr"}
          onChange={() =>
            become({ country: visitor.country === "fr" ? "gb" : "fr" })}
        />{" "}
        in France
      </label>
    </nav>
  );
}

function Tea(
  { name, price }: { readonly name: string; readonly price: number },
): ReactElement {
  const label = useFeatureValue("order-button", "Buy");
  const accent = useFeatureValue("accent", "#333333");
  const track = useTrack();
  return (
    <article>
      <h2>{name}</h2>
      <p>£{price}</p>
      <Feature flag="gift-wrap">
        <label>
          <input type="checkbox" /> Gift wrap
        </label>
      </Feature>
      <button
        type="button"
        className="order"
        style={{ background: accent }}
        onClick={() => track("ordered", { name, price })}
      >
        {label}
      </button>
    </article>
  );
}

/** What this page recorded so far. */
function Exposures(): ReactNode {
  const client = useFlagsClient();
  const [lines, setLines] = useState<readonly string[]>([]);
  useEffect(() => {
    const subscription = client.events$.subscribe(({ type, data }) => {
      const line = type === "experiment.viewed"
        ? `visitor ${data.hashValue} saw ${data.variationKey} of ${data.experimentKey}`
        : type === "custom"
        ? `${data.name} ${JSON.stringify(data.properties)}`
        : null;
      if (line !== null) setLines((known) => [...known, line].slice(-6));
    });
    return () => subscription.unsubscribe();
  }, [client]);
  return (
    <aside>
      <h3>Recorded</h3>
      <ul>{lines.map((line, index) => <li key={index}>{line}</li>)}</ul>
    </aside>
  );
}

function Status(): ReactElement {
  const { status, reason } = useFlagsStatus();
  return <footer>{status}: {reason}</footer>;
}
