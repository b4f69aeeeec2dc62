import {
  type Attributes,
  type Experiment as OfficialExperiment,
  GrowthBook,
  type StickyAssignmentsDocument,
  StickyBucketService,
} from "@growthbook/growthbook";
import type { Context } from "../../core/types/context.ts";
import type { Experiment } from "../../core/types/experiment.ts";
import type {
  ExperimentResult,
  FeatureResult,
} from "../../core/types/result.ts";
import type { StickyAssignmentDocument } from "../../core/types/sticky_bucket.ts";
import type { Exposure, Outcome } from "./outcome.ts";

/** Evaluates a feature with the official SDK, in a client of its own. Throws where that throws. */
export function officialFeature(
  context: Context,
  key: string,
): Outcome<FeatureResult> {
  return ask(
    context,
    (client) => client.evalFeature(key) as unknown as FeatureResult,
  );
}

/** Runs an experiment with the official SDK, in a client of its own. Throws where that throws. */
export function officialExperiment(
  context: Context,
  experiment: Experiment,
): Outcome<ExperimentResult> {
  return ask(
    context,
    (client) =>
      client.run(
        // It changes the leaf of a contextual bandit in the experiment itself.
        { ...experiment } as unknown as OfficialExperiment<unknown>,
      ) as unknown as ExperimentResult,
  );
}

function ask<Result>(
  context: Context,
  question: (client: GrowthBook) => Result,
): Outcome<Result> {
  const exposures: Exposure[] = [];
  const service = new RecordingService();
  const { stickyBucketAssignmentDocs, forcedFeatureValues } = context;
  // The official SDK adds its assignments to the documents it is given.
  const documents = structuredClone(stickyBucketAssignmentDocs) ?? null;
  return inSilence(() => {
    const client = new Official({
      ...context as object,
      attributes: context.attributes as Attributes,
      trackingCallback: (experiment, result) => {
        // It goes on changing both after it has handed them over.
        const exposure = { experiment: copy(experiment), result: copy(result) };
        exposures.push(exposure as unknown as Exposure);
      },
      forcedFeatureValues: new Map(Object.entries(forcedFeatureValues ?? {})),
      ...documents === null ? {} : {
        stickyBucketService: service,
        stickyBucketAssignmentDocs: documents as Record<
          string,
          StickyAssignmentsDocument
        >,
      },
    });
    // It saves what it is given to begin with, too.
    service.saved.length = 0;
    const result = question(client);
    return { result, exposures, saved: [...service.saved], documents };
  });
}

class Official extends GrowthBook {
  // It would read the features once more, some time later, and fail with nobody there to catch it.
  override refreshStickyBuckets(): Promise<void> {
    return Promise.resolve();
  }
}

class RecordingService extends StickyBucketService {
  readonly saved: StickyAssignmentDocument[] = [];

  override getAssignments(): Promise<null> {
    return Promise.resolve(null);
  }

  override saveAssignments(document: StickyAssignmentsDocument): Promise<void> {
    this.saved.push(structuredClone(document));
    return Promise.resolve();
  }
}

function copy(value: unknown): unknown {
  return typeof value === "object" && !Array.isArray(value)
    ? { ...value }
    : value;
}

/** Keeps the console quiet: the official SDK logs what it finds odd. */
export function inSilence<Result>(work: () => Result): Result {
  const { log, warn, error } = console;
  const silence = () => {};
  Object.assign(console, { log: silence, warn: silence, error: silence });
  try {
    return work();
  } finally {
    Object.assign(console, { log, warn, error });
  }
}
