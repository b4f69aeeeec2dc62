import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import {
  type AutoExperiment,
  type AutoVariation,
  type Context,
  decideAutoExperiments,
} from "../../../mod.ts";
import { arbitraryDamagedContext } from "../../arbitraries/hostile/damage.ts";
import { arbitraryHostileValue } from "../../arbitraries/hostile/hostile_values.ts";
import { deepFreeze } from "../../support/deep_freeze.ts";
import { malformed } from "../../support/malformed.ts";
import { runs } from "../../support/runs.ts";

const url = "https://shop.example/home?ref=ad";
const home = [{ include: true, type: "simple", pattern: "/home" }] as const;

/** An experiment that redirects everybody to its second variation. */
function redirecting(
  fields: Partial<AutoExperiment> = {},
  urlRedirect = "https://shop.example/new",
): AutoExperiment {
  return {
    key: "redirect",
    urlPatterns: home,
    weights: [0, 1],
    variations: [{}, { urlRedirect }],
    ...fields,
  };
}

/** An experiment that gives everybody its second variation. */
function changing(
  fields: Partial<AutoExperiment> = {},
  variation: AutoVariation = { css: "p {}" },
): AutoExperiment {
  return {
    key: "visual",
    weights: [0, 1],
    variations: [{}, variation],
    ...fields,
  };
}

function decide(
  experiments: readonly AutoExperiment[],
  context: Context = {},
) {
  return decideAutoExperiments({
    attributes: { id: "7" },
    url,
    ...context,
    experiments,
  });
}

/** The keys of the experiments whose changes are made, where it redirects, and who was exposed. */
function summarize(
  experiments: readonly AutoExperiment[],
  context: Context = {},
) {
  const { result: { changes, redirect }, events } = decide(
    experiments,
    context,
  );
  return {
    changes: changes.map(({ experiment }) => experiment.key),
    redirect: redirect?.url ?? null,
    exposed: events.map((event) =>
      event.type === "experiment.viewed" ? event.experiment.key : event.type
    ),
  };
}

const nothing = { changes: [], redirect: null, exposed: [] };

Deno.test("decideAutoExperiments() hands over visual changes in order, with what they are of", () => {
  const script = changing({ key: "script" }, { js: "run()" });
  const mutations = changing({ key: "dom" }, { domMutations: [{}] });
  const style = changing();
  const { result } = decide([script, mutations, style]);
  assertEquals(
    result.changes.map(({ result }) => result.value),
    [{ js: "run()" }, { domMutations: [{}] }, { css: "p {}" }],
  );
  assertStrictEquals(result.changes[1]!.experiment, mutations);
  assertEquals(result.redirect, null);
});

Deno.test("decideAutoExperiments() hands a control over too, which undoes earlier changes", () => {
  const { result: { changes } } = decide([changing({ weights: [1, 0] })]);
  assertEquals(changes.map(({ result }) => result.value), [{}]);
});

Deno.test("decideAutoExperiments() exposes each experiment that the user is in", () => {
  assertEquals(summarize([changing(), changing({ key: "second" })]), {
    changes: ["visual", "second"],
    redirect: null,
    exposed: ["visual", "second"],
  });
});

Deno.test("decideAutoExperiments() passes over who is not in an experiment", () => {
  assertEquals(summarize([changing({ coverage: 0 })]), nothing);
});

Deno.test("decideAutoExperiments() tells the redirect's experiment and result", () => {
  const experiment = redirecting();
  const { redirect } = decide([experiment]).result;
  assertStrictEquals(redirect!.experiment, experiment);
  assertEquals(redirect!.result.variationId, 1);
  assertEquals(redirect!.url, "https://shop.example/new");
});

Deno.test("decideAutoExperiments() carries the query along where the experiment asks for it", () => {
  const { redirect } = summarize([redirecting({ persistQueryString: true })]);
  assertEquals(redirect, "https://shop.example/new?ref=ad");
});

Deno.test("decideAutoExperiments() ends the list with a redirect, earlier changes included", () => {
  const experiments = [
    changing(),
    redirecting(),
    changing({ key: "later" }),
    redirecting({ key: "other" }, "https://shop.example/other"),
  ];
  assertEquals(summarize(experiments), {
    changes: ["visual"],
    redirect: "https://shop.example/new",
    exposed: ["visual", "redirect"],
  });
});

Deno.test("decideAutoExperiments() ends the list with the control of a redirect, too", () => {
  const control = redirecting({ weights: [1, 0] });
  assertEquals(summarize([control, changing()]), {
    changes: [],
    redirect: null,
    exposed: ["redirect"],
  });
});

Deno.test("decideAutoExperiments() goes on behind a redirect that the user is not in", () => {
  assertEquals(summarize([redirecting({ coverage: 0 }), changing()]), {
    changes: ["visual"],
    redirect: null,
    exposed: ["visual"],
  });
});

Deno.test("decideAutoExperiments() never follows a redirect to where it starts again", () => {
  const circle = redirecting({}, "https://shop.example/home#again");
  assertEquals(summarize([circle, changing()]), {
    changes: [],
    redirect: null,
    exposed: ["redirect"],
  });
});

Deno.test("decideAutoExperiments() runs a manual experiment once it is triggered", () => {
  const experiments = [changing({ manual: true })];
  assertEquals(summarize(experiments), nothing);
  assertEquals(
    summarize(experiments, { triggeredExperiments: ["other"] }),
    nothing,
  );
  assertEquals(
    summarize(experiments, { triggeredExperiments: ["visual"] }).changes,
    ["visual"],
  );
});

const otherSite = redirecting({}, "https://other.example/");
const blocked: readonly (readonly [string, AutoExperiment, Context])[] = [
  [
    "whose change is blocked",
    changing({ changeId: "c" }),
    { blockedChangeIds: ["b", "c"] },
  ],
  [
    "that is visual, where none may be",
    changing(),
    { disableVisualExperiments: true },
  ],
  [
    "that has a script, where none may run",
    changing({ weights: [1, 0] }, { js: "run()" }),
    { disableJsInjection: true },
  ],
  [
    "that redirects, where none may",
    redirecting(),
    { disableUrlRedirectExperiments: true },
  ],
  [
    "that redirects to another site, where none may",
    otherSite,
    { disableCrossOriginUrlRedirectExperiments: true },
  ],
  ["that redirects from a relative URL", redirecting(), { url: "/home" }],
  ["that redirects to a relative URL", redirecting({}, "/new"), {}],
  [
    "that redirects without a current URL",
    redirecting({ urlPatterns: [] }),
    { url: "" },
  ],
];

for (const [fact, experiment, context] of blocked) {
  Deno.test(`decideAutoExperiments() neither runs nor exposes an experiment ${fact}`, () => {
    assertEquals(summarize([experiment], context), nothing);
    // Neither does it where a variation is forced.
    const forced = { ...context, forcedVariations: { [experiment.key]: 1 } };
    assertEquals(summarize([experiment], forced), nothing);
  });
}

const allowed: readonly (readonly [string, AutoExperiment, Context])[] = [
  ["with another change", changing({ changeId: "c" }), {
    blockedChangeIds: ["b"],
  }],
  [
    "that is visual, where redirects may not be",
    changing(),
    { disableUrlRedirectExperiments: true },
  ],
  [
    "without a script, where none may run",
    changing(),
    { disableJsInjection: true },
  ],
  [
    "that redirects, where visual ones may not be",
    redirecting(),
    { disableVisualExperiments: true },
  ],
  [
    "that redirects to another site",
    otherSite,
    {},
  ],
  [
    "that redirects to the same site, where it may to no other",
    redirecting(),
    { disableCrossOriginUrlRedirectExperiments: true },
  ],
];

for (const [fact, experiment, context] of allowed) {
  Deno.test(`decideAutoExperiments() runs an experiment ${fact}`, () => {
    const { exposed } = summarize([experiment], context);
    assertEquals(exposed, [experiment.key]);
  });
}

Deno.test("decideAutoExperiments() takes a redirect without URL patterns for none", () => {
  const { urlPatterns: _, ...everywhere } = redirecting();
  assertEquals(summarize([everywhere]), nothing);
});

Deno.test("decideAutoExperiments() never runs an experiment that does nothing", () => {
  const idle = changing({}, {});
  assertEquals(summarize([idle, changing({ key: "next" })]).exposed, ["next"]);
});

const unusable: readonly (readonly [string, unknown])[] = [
  ["is null", null],
  ["is no object", 5],
  ["has no variations", { key: "e" }],
  ["has a null for a variation of a redirect", {
    ...redirecting(),
    variations: [null, { urlRedirect: "https://shop.example/new" }],
    weights: [1, 0],
  }],
  ["has a null behind the redirect", {
    ...redirecting(),
    variations: [{ urlRedirect: "https://shop.example/new" }, null],
  }],
  ["has a null for a visual variation", {
    ...changing(),
    variations: [null, { css: "p {}" }],
    weights: [1, 0],
  }],
];

for (const [fact, experiment] of unusable) {
  Deno.test(`decideAutoExperiments() passes over an experiment that ${fact}`, () => {
    const experiments = [
      malformed<AutoExperiment>(experiment),
      changing({ key: "next" }),
    ];
    assertEquals(summarize(experiments), {
      changes: ["next"],
      redirect: null,
      exposed: ["next"],
    });
  });
}

Deno.test("decideAutoExperiments() decides nothing where there is no list, or no context", () => {
  for (
    const context of [{}, { experiments: {} }, null, undefined, 5, "context"]
  ) {
    assertEquals(decideAutoExperiments(malformed<Context>(context)), {
      result: { changes: [], redirect: null },
      events: [],
    });
  }
});

const arbitraryAutoVariation = fc.oneof(
  fc.constantFrom<unknown>(
    {},
    { css: "p {}" },
    { js: "run()" },
    { domMutations: [{}] },
    { urlRedirect: "https://shop.example/new" },
    { urlRedirect: "/new" },
  ),
  fc.record({ urlRedirect: arbitraryHostileValue }),
  arbitraryHostileValue,
);

const arbitraryAutoExperiment = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      key: fc.constantFrom("a", "b"),
      urlPatterns: fc.oneof(fc.constant(home), arbitraryHostileValue),
      variations: fc.array(arbitraryAutoVariation, {
        minLength: 1,
        maxLength: 3,
      }),
      persistQueryString: fc.boolean(),
      manual: fc.constantFrom<unknown>(false, true, null),
      changeId: fc.oneof(fc.constantFrom("c", ""), arbitraryHostileValue),
    }, { requiredKeys: ["key", "variations"] }),
  },
  { weight: 1, arbitrary: arbitraryHostileValue },
);

Deno.test("decideAutoExperiments() never throws, whatever the experiments", () => {
  let redirected = 0;
  let changed = 0;
  fc.assert(
    fc.property(
      arbitraryDamagedContext,
      fc.array(arbitraryAutoExperiment, { maxLength: 4 }),
      fc.boolean(),
      (context, experiments, disableJsInjection) => {
        const { attributes, ...rest } = context;
        const page = Object.freeze({
          ...deepFreeze(rest),
          attributes: { id: "7", ...attributes },
          url,
          disableJsInjection,
          experiments: malformed<readonly AutoExperiment[]>(experiments),
        });
        const { result: { changes, redirect }, events } = decideAutoExperiments(
          page,
        );
        for (const { result } of changes) {
          assert(result.inExperiment);
          assert((result.value ?? null) !== null);
        }
        changed += changes.length;
        if (redirect === null) return;
        redirected++;
        assertEquals(redirect.result.inExperiment, true);
        assert(events.length >= changes.length || !redirect.result.hashUsed);
      },
    ),
    runs(1500),
  );
  assert(redirected > 0 && changed > 0);
});

const scripts: readonly string[] = [
  "javascript:alert(1)",
  "JavaScript:alert(1)",
  " \u0001javascript:alert(1)",
  "java\nscript:alert(1)",
  "java\tscript\r:alert(1)",
  "javascript://shop.example/%0aalert(1)",
  "vbscript:msgbox(1)",
  "data:text/html,<script>alert(1)</script>",
  "DATA:text/html;base64,PHNjcmlwdD4=",
  "blob:https://shop.example/6a2f8c1e",
  "file:///etc/passwd",
  "ftp://shop.example/",
  "about:blank",
  "view-source:https://shop.example/",
  "//shop.example/new",
  "/new",
  "new",
];

Deno.test("decideAutoExperiments() runs no redirect to what is no http or https URL", () => {
  for (const script of scripts) {
    // Also where another variation has the target: nobody is exposed to half an experiment.
    const other = { key: "other", weights: [1, 0] };
    assertEquals(
      summarize([
        redirecting({}, script),
        redirecting(other, script),
        changing(),
      ]),
      { changes: ["visual"], redirect: null, exposed: ["visual"] },
      script,
    );
  }
});

Deno.test("decideAutoExperiments() redirects to an http or https URL, however its scheme is written", () => {
  for (
    const target of [
      "http://shop.example/new",
      "HTTPS://shop.example/new",
      " https://shop.example/new",
    ]
  ) {
    assertEquals(summarize([redirecting({}, target)]).redirect, target);
  }
});

Deno.test("decideAutoExperiments() runs no redirect whose target is no text", () => {
  for (const target of [["javascript:alert(1)"], [], {}, 7, true]) {
    const experiment = redirecting({}, target as unknown as string);
    assertEquals(summarize([experiment]), nothing);
  }
});

Deno.test("decideAutoExperiments() gives no redirect to a script that the context's overrides put there", () => {
  const variations = [{}, { urlRedirect: "javascript:alert(1)" }];
  const overrides = { redirect: { variations } } as
    & Context["overrides"]
    & object;
  assertEquals(summarize([redirecting()], { overrides }).redirect, null);
});

Deno.test("decideAutoExperiments() passes over an experiment that forces what is no variation", () => {
  const shown = { key: "shown", variations: [{ css: "a" }, { css: "b" }] };
  const context = { attributes: { id: "1" }, url };
  for (const force of [{}, [], [{}], "second", "1.5", 0.5, 1e308]) {
    const experiments = malformed<AutoExperiment[]>([
      redirecting({ force: malformed<number>(force) }),
      { ...shown, force },
      shown,
    ]);
    const { result } = decideAutoExperiments({ ...context, experiments });
    assertEquals(result.redirect, null);
    assertEquals(result.changes.length, 1);
  }
});
