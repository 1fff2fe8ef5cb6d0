import type { Agent } from "node:https";
import {
  AdminGetUserCommand,
  type AdminGetUserCommandOutput,
  AdminInitiateAuthCommand,
  type AdminInitiateAuthCommandOutput,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { HandlerSettings } from "../../rules/function-environment";
import type { SourceUser } from "../../rules/hand-over";
import type { SignIn, SourceUserPool } from "../../rules/migrate-user";
import { MigrationFailure } from "../../rules/outcome";
import type { Turn } from "./call-budget";
import { clientSettings } from "./client-settings";
import { failure, isUserNotFound, refusal } from "./exceptions";
import { REHEARSAL_HTTP } from "./rehearsal-answer";
import { sendWithin } from "./send";
import { sourceRoleCredentials } from "./source-role";

/** The source user pool, seen with the source role's credentials. */
export interface Connection extends SourceUserPool {
  /** Does ahead of the first user what can be done. Never throws: the first call that needs it will say what is wrong. */
  warmUp(): Promise<void>;
}

/**
 * Connects to the source user pool: one pool of connections, kept alive between invocations, and one session of the role.
 *
 * @param turn The invocation at hand.
 */
export function connectSourceUserPool(settings: HandlerSettings, agent: Agent, turn: () => Turn): Connection {
  const { sourceRegion: region } = settings;
  const requestHandler = new NodeHttpHandler({
    connectionTimeout: 1000,
    // It would throw what a timeout of connecting throws, and the deadline is there for it.
    socketTimeout: 0,
    throwOnRequestTimeout: true,
    httpsAgent: agent,
  });
  const credentials = sourceRoleCredentials(settings, requestHandler, turn);
  const client = new CognitoIdentityProviderClient({
    ...clientSettings("COGNITO_IDENTITY_PROVIDER"),
    region,
    requestHandler,
    credentials,
  });
  return {
    ...sourceUserPool(settings, client, turn),
    async warmUp() {
      await client.config.credentials().catch(() => undefined);
    },
  };
}

/** As the real one, but it sends nothing. */
export function connectRehearsal(settings: HandlerSettings, turn: () => Turn): Connection {
  const client = new CognitoIdentityProviderClient({
    ...clientSettings("COGNITO_IDENTITY_PROVIDER"),
    region: settings.sourceRegion,
    credentials: { accessKeyId: "rehearsal", secretAccessKey: "rehearsal" },
    requestHandler: REHEARSAL_HTTP as never,
  });
  return { ...sourceUserPool(settings, client, turn), warmUp: async () => undefined };
}

/** Both calls, over any client. */
export function sourceUserPool(
  { sourceUserPoolId: UserPoolId, sourceAppClientId: ClientId }: HandlerSettings,
  client: CognitoIdentityProviderClient,
  turn: () => Turn,
): SourceUserPool {
  const { credentials } = client.config;
  return {
    async signIn(username, password) {
      const command = new AdminInitiateAuthCommand({
        UserPoolId,
        ClientId,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: username, PASSWORD: password },
      });
      try {
        const answer = await sendWithin(turn(), {
          operation: "AdminInitiateAuth",
          // It counts towards the user's attempts, and runs the source's own triggers.
          isRead: false,
          send: (options) => client.send(command, options),
          credentials,
        });
        return signInOf(answer);
      } catch (error) {
        return refusal(error);
      }
    },

    async getUser(username) {
      const command = new AdminGetUserCommand({ UserPoolId, Username: username });
      try {
        const answer = await sendWithin(turn(), {
          operation: "AdminGetUser",
          isRead: true,
          send: (options) => client.send(command, options),
          credentials,
        });
        return userOf(answer);
      } catch (error) {
        if (isUserNotFound(error)) return undefined;
        throw failure(error);
      }
    },
  };
}

function signInOf({
  AuthenticationResult,
  ChallengeName,
  ChallengeParameters,
}: AdminInitiateAuthCommandOutput): SignIn {
  if (ChallengeName)
    return { kind: "challenge", name: ChallengeName, username: ChallengeParameters?.["USER_ID_FOR_SRP"] };
  const token = AuthenticationResult?.AccessToken;
  return token === undefined
    ? { kind: "challenge", name: "", username: undefined }
    : { kind: "tokens", ...subjectOf(token) };
}

/**
 * Whom a token was issued to, and the groups that it names. Nobody has to be convinced of it here, so its signature does not matter: it came over TLS from
 * the pool itself. https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 */
function subjectOf(accessToken: string): { sub: string; groups: readonly string[] | undefined } {
  const [, payload = ""] = accessToken.split(".");
  try {
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Readonly<Record<string, unknown>>;
    const { sub, "cognito:groups": groups } = claims;
    if (typeof sub === "string" && sub !== "") return { sub, groups: groupsOf(groups) };
  } catch {
    // Falls through: a token that cannot be read is none.
  }
  throw new MigrationFailure("source_unavailable", "UnreadableTokenError");
}

/** Who is in no group has no claim. Anything else but names is nobody's groups, and none. */
function groupsOf(claim: unknown): readonly string[] | undefined {
  if (claim === undefined || claim === null) return [];
  return Array.isArray(claim) && claim.every((name) => typeof name === "string") ? claim : undefined;
}

function userOf(user: AdminGetUserCommandOutput): SourceUser {
  const attributes = (user.UserAttributes ?? []).flatMap(({ Name, Value }) =>
    typeof Name === "string" && typeof Value === "string" ? [[Name, Value] as const] : [],
  );
  return {
    username: user.Username ?? "",
    enabled: user.Enabled === true,
    status: user.UserStatus ?? "",
    attributes: Object.fromEntries(attributes),
    mfaSettings: mfaSettingsOf(user),
  };
}

/** Old users have their SMS factor in MFAOptions only. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUser.html */
function mfaSettingsOf({ UserMFASettingList, PreferredMfaSetting, MFAOptions }: AdminGetUserCommandOutput): string[] {
  const settings = new Set(UserMFASettingList);
  if (PreferredMfaSetting) settings.add(PreferredMfaSetting);
  if (MFAOptions?.length) settings.add("SMS_MFA");
  return [...settings];
}
