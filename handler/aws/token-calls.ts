import { MIGRATED_EVENT } from "../../rules/token-function";
import type { Migrated } from "../../rules/token-groups";
import { endpointOf } from "./endpoints";
import { errorName } from "./error-name";
import { type Answer, signedPost } from "./signed-post";

/** All that the token function asks of AWS. Each is sent once, and resolves when it was done. */
export interface TokenCalls {
  /**
   * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminAddUserToGroup.html
   *
   * @throws {CallRefused} and what Node.js throws.
   */
  addToGroup(user: { readonly userPoolId: string; readonly username: string }, group: string): Promise<void>;
  /**
   * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
   *
   * @throws {CallRefused} also where the bus took the request and not the event.
   */
  sendEvent(busArn: string, migrated: Migrated): Promise<void>;
}

/** AWS has answered, with a no. Only its name is kept: the message may repeat what was sent. */
export class CallRefused extends Error {
  constructor(
    override readonly name: string,
    readonly status: number,
  ) {
    super(name);
  }
}

export type ConnectTokenCalls = (env: Readonly<Record<string, string | undefined>>, signal: AbortSignal) => TokenCalls;

/** @param signal Ends whatever is under way. */
export const connectTokenCalls: ConnectTokenCalls = (env, signal) => {
  const own = {
    region: env["AWS_REGION"] ?? "",
    credentials: {
      accessKeyId: env["AWS_ACCESS_KEY_ID"] ?? "",
      secretAccessKey: env["AWS_SECRET_ACCESS_KEY"] ?? "",
      sessionToken: env["AWS_SESSION_TOKEN"],
    },
    signal,
  };
  const cognito = {
    ...own,
    service: "cognito-idp",
    url: endpointOf(env, { name: "COGNITO_IDENTITY_PROVIDER", host: "cognito-idp" }),
  } as const;
  const events = { ...own, service: "events", url: endpointOf(env, { name: "EVENTBRIDGE", host: "events" }) } as const;
  return {
    async addToGroup({ userPoolId, username }, group) {
      const body = { UserPoolId: userPoolId, Username: username, GroupName: group };
      done(await signedPost({ ...cognito, target: "AWSCognitoIdentityProviderService.AdminAddUserToGroup", body }));
    },
    async sendEvent(busArn, migrated) {
      const { source, detailType } = MIGRATED_EVENT;
      const entry = { EventBusName: busArn, Source: source, DetailType: detailType, Detail: JSON.stringify(migrated) };
      const answer = await signedPost({ ...events, target: "AWSEvents.PutEvents", body: { Entries: [entry] } });
      done(answer);
      const { FailedEntryCount, Entries = [] } = (answer.body ?? {}) as PutEventsAnswer;
      if (FailedEntryCount !== 0) throw new CallRefused(knownName(Entries[0]?.ErrorCode), answer.status);
    },
  };
};

interface PutEventsAnswer {
  readonly FailedEntryCount?: number;
  readonly Entries?: readonly { readonly ErrorCode?: string }[];
}

/** @throws {CallRefused} */
function done({ status, body }: Answer): void {
  if (status === 200) return;
  const { __type } = (body ?? {}) as { readonly __type?: unknown };
  // Some services put a namespace before it.
  throw new CallRefused(knownName(typeof __type === "string" ? __type.split("#").at(-1) : undefined), status);
}

const knownName = (name: unknown): string => errorName(name) ?? "UnknownError";
