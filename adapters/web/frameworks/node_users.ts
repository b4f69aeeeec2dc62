import {
  createRequestUsers,
  type RequestClient,
  type RequestReads,
} from "../create_request_users.ts";
import type { FeatureReads } from "../../client/reads/feature_reads.ts";
import type { RequestParts } from "../request/request_parts.ts";
import type { RequestUserOptions } from "../request_user_options.ts";
import { addCookies, type NodeResponse } from "./node_response.ts";

/**
 * Makes the user of a request whose response Node sends, and hands it on; its cookies go with the
 * headers. `next` is called at once where the client has nothing to wait for.
 */
export type NodeUsers<Features extends object, Source> = (
  parts: RequestParts,
  source: Source,
  response: NodeResponse,
  next: (user: FeatureReads<Features>) => void,
) => void;

/** Makes what makes users in frameworks on Node's server. Throws as `createRequestUsers` does. */
export function createNodeUsers<Features extends object, Source>(
  client: RequestClient<Features>,
  options: RequestUserOptions<Source>,
): NodeUsers<Features, Source> {
  const users = createRequestUsers(client, options, { shares: true });
  return (parts, source, response, next) => {
    const loaded = users.load(parts, source, () => {
      if (response.headersSent) users.tellLate();
    });
    const go = ({ user, cookies }: RequestReads<Features>) => {
      if (!response.headersSent) addCookies(response, cookies);
      else if (cookies().length > 0) users.tellLate();
      next(user);
    };
    if (loaded instanceof Promise) void loaded.then(go);
    else go(loaded);
  };
}
