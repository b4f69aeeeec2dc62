import { Component, createElement as h, memo, startTransition, StrictMode, Suspense, useLayoutEffect, useState, act } from "react";
import { createRoot, hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import * as GB from "@growthbook/growthbook-react";
import { createClient, fixedSource } from "@growthstream/sdk/client";
import * as GS from "@growthstream/sdk/react";
import { Subject } from "rxjs";
globalThis.IS_REACT_ACT_ENVIRONMENT = true;
const official = {
  make(payload, attributes) {
    const exposures = [];
    const gb = new GB.GrowthBook({ attributes, trackingCallback: (e, r) => { exposures.push(`${e.key}:${r.variationId}`); } });
    if (payload) gb.initSync({ payload });
    return { client: gb, exposures, give: (p) => gb.setPayload(p), update: (a) => gb.updateAttributes(a), isOn: (k) => gb.isOn(k) };
  },
  below: (m, ...c) => h(GB.GrowthBookProvider, { growthbook: m.client }, ...c),
  useOn: GB.useFeatureIsOn, useValue: GB.useFeatureValue,
};
const ours = {
  make(payload, attributes, options = {}) {
    const exposures = [];
    const source = new Subject();
    const client = createClient({ source, attributes, ...options });
    client.events$.subscribe(({ type, data }) => { if (type === "experiment.viewed") exposures.push(`${data.experimentKey}:${data.variationId}`); });
    if (payload) source.next(payload);
    return { client, exposures, give: async (p) => source.next(p), update: async (a) => client.updateAttributes(a), isOn: (k) => client.peek(k).on };
  },
  below: (m, ...c) => h(GS.FlagsProvider, { client: m.client }, ...c),
  useOn: GS.useFeatureIsOn, useValue: GS.useFeatureValue,
};
const mount = async (node) => { const el = document.createElement("div"); document.body.append(el); const root = createRoot(el); await act(async () => root.render(node)); return { el, root }; };
const exp = { features: { cta: { rules: [{ key: "cta", variations: ["a", "b"] }] } } };
const situations = {
  async "StrictMode: exposures of one component"(sdk) { const m = sdk.make(exp, { id: "7" }); const A = () => sdk.useValue("cta", "?"); await mount(h(StrictMode, null, sdk.below(m, h(A)))); return m.exposures.length; },
  async "a render that suspends and is abandoned: exposures"(sdk) { const m = sdk.make(exp, { id: "7" }); const p = new Promise(() => {}); const A = () => { sdk.useValue("cta", "?"); throw p; }; const { root } = await mount(sdk.below(m, h(Suspense, { fallback: "…" }, h(A)))); await act(async () => root.unmount()); return m.exposures.length; },
  async "two roots, the payload changes: what they show"(sdk) { const f = (v) => ({ features: { a: { defaultValue: v } } }); const m = sdk.make(f("old"), { id: "7" }); const A = () => sdk.useValue("a", "?"); const x = await mount(sdk.below(m, h(A))); const y = await mount(sdk.below(m, h(A))); await act(async () => { await m.give(f("new")); }); return `${x.el.textContent}, ${y.el.textContent}`; },
  async "1,000 components, one feature changes: renders"(sdk) { const keys = Array.from({ length: 1000 }, (_, i) => `f${i}`); const f = (v) => ({ features: Object.fromEntries(keys.map((k, i) => [k, { defaultValue: i === 500 ? v : "x" }])) }); const m = sdk.make(f("x"), { id: "7" }); let n = 0; const A = memo(({ k }) => { n++; return sdk.useValue(k, "?"); }); await mount(sdk.below(m, ...keys.map((k) => h(A, { key: k, k })))); n = 0; await act(async () => { await m.give(f("y")); }); return n; },
  async "1,000 components, an attribute that none reads changes: renders"(sdk) { const keys = Array.from({ length: 1000 }, (_, i) => `f${i}`); const m = sdk.make({ features: Object.fromEntries(keys.map((k) => [k, { defaultValue: 1 }])) }, { id: "7" }); let n = 0; const A = memo(({ k }) => { n++; return sdk.useValue(k, 0); }); await mount(sdk.below(m, ...keys.map((k) => h(A, { key: k, k })))); n = 0; await act(async () => { await m.update({ basket: 3 }); }); return n; },
  async "a child's layout effect turns a feature on: shown, true value"(sdk) { const m = sdk.make({ features: { a: { defaultValue: false, rules: [{ condition: { pro: true }, force: true }] } } }, { id: "7" }); const C = () => { useLayoutEffect(() => { m.update({ pro: true }); }, []); return null; }; const A = () => [String(sdk.useOn("a")), h(C, { key: 1 })]; const { el } = await mount(sdk.below(m, h(A))); return `${el.textContent}, ${m.isOn("a")}`; },
  async "hydration while the payload has changed: errors on the console"(sdk) {
    const f = (v) => ({ features: { a: { defaultValue: v } } });
    const A = () => h("p", null, sdk.useValue("a", "?"));
    const log = []; const { error } = console; console.error = (...v) => { const s = v.map(String).join(" "); if (!s.includes("multiple renderers")) log.push(s); };
    let html, m;
    if (sdk === ours) { const server = createClient({ source: fixedSource(f("old")) }); const user = server.forUser({ attributes: { id: "7" } }); html = renderToString(h(GS.FlagsProvider, { client: user }, h(A))); m = ours.make(f("new"), { id: "7" }, { hydrate: GS.serializeSnapshot(user) }); }
    else { html = renderToString(sdk.below(sdk.make(f("old"), { id: "7" }), h(A))); m = sdk.make(f("new"), { id: "7" }); }
    const el = document.createElement("div"); el.innerHTML = html; document.body.append(el); const p = el.firstChild;
    await act(async () => hydrateRoot(el, sdk.below(m, h(A)), { onRecoverableError: (e) => log.push(String(e)) })); console.error = error;
    return `${log.length}, shows ${el.textContent}, ${el.firstChild === p ? "same node" : "rendered anew"}`;
  },
  async "Suspense until the first payload: shown before, after"(sdk) {
    const f = { features: { a: { defaultValue: "x" } } }; const m = sdk.make(null, { id: "7" });
    const A = sdk === ours ? () => GS.useFeatureSuspense("a").value : () => sdk.useValue("a", "?");
    const wait = sdk === ours ? h(Suspense, { fallback: "…" }, h(A)) : h(GB.FeaturesReady, { fallback: "…" }, h(A));
    const { el } = await mount(sdk.below(m, wait)); const before = el.textContent; await act(async () => { await m.give(f); }); await act(() => new Promise((r) => setTimeout(r, 50)));
    return `${before}, ${el.textContent}`;
  },
  async "offline start, 200 ms of patience: shown after"(sdk) {
    const m = sdk.make(null, { id: "7" });
    const A = sdk === ours ? () => GS.useFeatureSuspense("a", { timeout: 200 }).value ?? "fallback" : () => sdk.useValue("a", "fallback");
    const wait = sdk === ours ? h(Suspense, { fallback: "…" }, h(A)) : h(GB.FeaturesReady, { timeout: 200, fallback: "…" }, h(A));
    const { el } = await mount(sdk.below(m, wait)); await act(() => new Promise((r) => setTimeout(r, 400)));
    return el.textContent;
  },
};
globalThis.measure = async () => { const rows = []; for (const [name, run] of Object.entries(situations)) { const row = [name]; for (const sdk of [official, ours]) { try { row.push(String(await run(sdk))); } catch (e) { row.push(`throws ${e}`); } } rows.push(row); } return rows; };
