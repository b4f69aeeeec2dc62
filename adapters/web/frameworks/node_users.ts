import {
  createRequestUsers,
  type RequestClient,
} from "../create_request_users.ts";
import type { FeatureReads } from "../../client/reads/feature_reads.ts";
import type { RequestParts } from "../request/request_parts.ts";
import type { RequestUserOptions } from "../request_user_options.ts";
import { addCookies, type NodeResponse } from "./node_response.ts";

/** Makes the user of a request whose response Node sends; its cookies go with the headers. */
export type NodeUsers<Features extends object, Source> = (
  parts: RequestParts,
  source: Source,
  response: NodeResponse,
) => Promise<FeatureReads<Features>>;

/** Makes what makes users in frameworks on Node's server. Throws as `createRequestUsers` does. */
export function createNodeUsers<Features extends object, Source>(
  client: RequestClient<Features>,
  options: RequestUserOptions<Source>,
): NodeUsers<Features, Source> {
  const users = createRequestUsers(client, options);
  return async (parts, source, response) => {
    const { user, cookies } = await users.load(parts, source, () => {
      if (response.headersSent) users.tellLate();
    });
    if (!response.headersSent) addCookies(response, cookies);
    else if (cookies().length > 0) users.tellLate();
    return user;
  };
}
