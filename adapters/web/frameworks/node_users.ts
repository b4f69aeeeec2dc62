import {
  createRequestUsers,
  type RequestClient,
  type RequestReads,
} from "../create_request_users.ts";
import type { FeatureReads } from "../../client/reads/feature_reads.ts";
import type { RequestParts } from "../request/request_parts.ts";
import type { RequestUserOptions } from "../request_user_options.ts";
import { addCookies, type NodeResponse } from "./node_response.ts";
import { createRequestMemory } from "./request_memory.ts";

/**
 * Makes the user of a request whose response Node sends, and hands it on; its cookies go with the
 * headers. `next` is called at once where the client has nothing to wait for, and where the user of this
 * request was made before.
 */
export type NodeUsers<Features extends object, Source> = (
  source: Source,
  response: NodeResponse,
  next: (user: FeatureReads<Features>) => void,
) => void;

/**
 * Makes what makes users in frameworks on Node's server; `partsOf` takes a request apart. Throws as
 * `createRequestUsers` does.
 */
export function createNodeUsers<Features extends object, Source extends object>(
  client: RequestClient<Features>,
  options: RequestUserOptions<Source>,
  partsOf: (source: Source) => RequestParts,
): NodeUsers<Features, Source> {
  const users = createRequestUsers(client, options, { shares: true });
  const memory = createRequestMemory<FeatureReads<Features>>();
  return (source, response, next) => {
    const known = memory.find(source);
    if (known !== undefined) return next(known);
    const loaded = users.load(partsOf(source), source, () => {
      if (response.headersSent) users.tellLate();
    });
    const go = ({ user, cookies }: RequestReads<Features>) => {
      if (!response.headersSent) addCookies(response, cookies);
      else if (cookies().length > 0) users.tellLate();
      memory.keep(source, user);
      next(user);
    };
    if (loaded instanceof Promise) void loaded.then(go);
    else go(loaded);
  };
}
