import {
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { HandlerSettings } from "../config/handler";
import { failure, isUserNotFound, refusal } from "./exceptions";
import type { SourceUser, SourceUserPool } from "./migrate-user";
import { MigrationFailure } from "./outcome";

/** One pool of connections for all clients; it is kept alive between invocations. */
const CONNECTION = { connectionTimeout: 1000, throwOnRequestTimeout: true } as const;

/** For calls that may be repeated: one that hangs is given up early enough for one more. */
const REPEATABLE = { maxAttempts: 2, retryMode: "standard" } as const;
const REPEATABLE_TIMEOUT_MS = 1500;

/**
 * A sign-in is sent once and may take all the time there is: the source's own triggers are a part of it, and a second
 * one would run them again, send a second text message and count as a second attempt of the user.
 */
const ONCE = { maxAttempts: 1 } as const;

/**
 * A kept-alive connection that was closed while the function was frozen fails at once. A connection that breaks later may
 * have carried the request, and a sign-in that was received is not sent again.
 */
const BROKEN_CONNECTION = new Set(["ECONNRESET", "EPIPE"]);
const AT_ONCE_MS = 100;

/** Role chaining allows no more: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining */
const SESSION_SECONDS = 3600;

/** The source user pool, seen with the source role's credentials. */
export interface Connection extends SourceUserPool {
  /** Fetches credentials ahead of the first user. Never throws: the first call that needs them will say what is wrong. */
  warmUp(): Promise<void>;
}

/**
 * Connects to the source user pool. The role is assumed once and its credentials are kept until shortly before they expire.
 *
 * @param signal Gives the deadline of the invocation at hand; a call past it is aborted.
 */
export function connectSourceUserPool(settings: HandlerSettings, signal: () => AbortSignal): Connection {
  const { sourceUserPoolId: UserPoolId, sourceAppClientId: ClientId } = settings;
  const requestHandler = new NodeHttpHandler(CONNECTION);
  const sts = new STSClient({
    ...REPEATABLE,
    requestHandler,
    region: settings.region,
    credentials: settings.credentials,
  });
  const assumeSourceRole = async () => {
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: settings.sourceRoleArn,
        // Seen in the source account's CloudTrail, so it says who calls and for whom it does not.
        RoleSessionName: "cognito-migration",
        ExternalId: settings.externalId,
        DurationSeconds: SESSION_SECONDS,
      }),
      { requestTimeout: REPEATABLE_TIMEOUT_MS },
    );
    if (!Credentials?.AccessKeyId || !Credentials.SecretAccessKey || !Credentials.Expiration)
      throw new MigrationFailure("source_unavailable", "NoCredentialsInResponse");
    return {
      accessKeyId: Credentials.AccessKeyId,
      secretAccessKey: Credentials.SecretAccessKey,
      ...(Credentials.SessionToken === undefined ? {} : { sessionToken: Credentials.SessionToken }),
      // The client asks again five minutes before this.
      expiration: Credentials.Expiration,
    };
  };
  const region = settings.sourceRegion;
  const signInClient = new CognitoIdentityProviderClient({
    ...ONCE,
    requestHandler,
    region,
    credentials: assumeSourceRole,
  });
  // The first client's credentials, which it keeps until shortly before they expire.
  const { credentials } = signInClient.config;
  const profileClient = new CognitoIdentityProviderClient({ ...REPEATABLE, requestHandler, region, credentials });

  return {
    async warmUp() {
      await credentials().catch(() => undefined);
    },

    async signIn(username, password) {
      const command = new AdminInitiateAuthCommand({
        UserPoolId,
        ClientId,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: username, PASSWORD: password },
      });
      // Once for both: the next invocation has another.
      const abortSignal = signal();
      try {
        const { AuthenticationResult, ChallengeName } = await sendAgainIfNotReceived(() =>
          signInClient.send(command, { abortSignal }),
        );
        if (AuthenticationResult?.AccessToken) return { kind: "tokens" };
        return { kind: "challenge", name: ChallengeName ?? "" };
      } catch (error) {
        return refusal(error);
      }
    },

    async getUser(username) {
      try {
        const user = await profileClient.send(new AdminGetUserCommand({ UserPoolId, Username: username }), {
          abortSignal: signal(),
          requestTimeout: REPEATABLE_TIMEOUT_MS,
        });
        return {
          username: user.Username ?? "",
          enabled: user.Enabled === true,
          status: user.UserStatus ?? "",
          attributes: Object.fromEntries((user.UserAttributes ?? []).map(({ Name, Value }) => [Name, Value ?? ""])),
          mfaSettings: mfaSettingsOf(user),
        } satisfies SourceUser;
      } catch (error) {
        if (isUserNotFound(error)) return undefined;
        throw failure(error);
      }
    },
  };
}

/** Old users have their SMS factor in MFAOptions only. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUser.html */
function mfaSettingsOf(user: {
  UserMFASettingList?: string[] | undefined;
  PreferredMfaSetting?: string | undefined;
  MFAOptions?: readonly unknown[] | undefined;
}): string[] {
  const settings = new Set(user.UserMFASettingList);
  if (user.PreferredMfaSetting) settings.add(user.PreferredMfaSetting);
  if (user.MFAOptions?.length) settings.add("SMS_MFA");
  return [...settings];
}

async function sendAgainIfNotReceived<T>(send: () => Promise<T>): Promise<T> {
  const startedMs = performance.now();
  try {
    return await send();
  } catch (error) {
    const { code = "" } = error as { code?: string };
    const brokeAtOnce = BROKEN_CONNECTION.has(code) && performance.now() - startedMs < AT_ONCE_MS;
    if (code !== "ECONNREFUSED" && !brokeAtOnce) throw error;
    return await send();
  }
}
