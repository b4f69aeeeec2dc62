import type { AnyFeatures } from "../../../core/types/context.ts";
import type { Client } from "../../client/client.ts";

/** What a provider for servers needs of a client. */
export type ServerClient<Features extends object = AnyFeatures> =
  & Pick<
    Client<Features>,
    | "forUser"
    | "loadUser"
    | "snapshot"
    | "payload$"
    | "status$"
    | "flush"
    | "close"
  >
  & Partial<Pick<Client<Features>, "loadsUsers">>;

/** What a provider for pages needs of a client. */
export type WebClient<Features extends object = AnyFeatures> =
  & ServerClient<Features>
  & Pick<
    Client<Features>,
    "peek" | "evalFeature" | "features$" | "setAttributes" | "logEvent"
  >;
