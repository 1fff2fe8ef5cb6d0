import { AssumeRoleCommand, type Credentials, STSClient } from "@aws-sdk/client-sts";
import type { NodeHttpHandler } from "@smithy/node-http-handler";
import type { HandlerSettings } from "../../rules/function-environment";
import { MigrationFailure } from "../../rules/outcome";
import type { Turn } from "./call-budget";
import { clientSettings } from "./client-settings";
import { LEAST_MS } from "./deadline";
import { failure } from "./exceptions";
import { sendWithin } from "./send";

/** Role chaining allows no more: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining */
const SESSION_SECONDS = 3600;

/** The SDK's clients ask for new credentials so long before the old ones expire. */
const RENEWED_AHEAD_MS = 300_000;
/** When STS has refused to renew them, it is left alone for so long. */
const ASK_AGAIN_MS = 30_000;

interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration: Date;
}

/**
 * Credentials of the source role, as the SDK's clients ask for them: they keep what they get until shortly before it
 * expires. If it cannot be renewed by then, what there is serves until it really has expired.
 */
export function sourceRoleCredentials(
  settings: HandlerSettings,
  requestHandler: NodeHttpHandler,
  turn: () => Turn,
): (options?: { readonly forceRefresh?: boolean }) => Promise<SessionCredentials> {
  const { region, credentials } = settings;
  const sts = new STSClient({ ...clientSettings("STS"), region, credentials, requestHandler });
  const command = new AssumeRoleCommand({
    RoleArn: settings.sourceRoleArn,
    // Seen in the source account's CloudTrail, so it says who calls and for whom it does not.
    RoleSessionName: "cognito-migration",
    ExternalId: settings.externalId,
    DurationSeconds: SESSION_SECONDS,
  });
  let last: SessionCredentials | undefined;
  return async function take(options?: { readonly forceRefresh?: boolean }): Promise<SessionCredentials> {
    if (options?.forceRefresh) last = undefined;
    const askedIn = turn();
    try {
      const answer = await sendWithin(askedIn, {
        operation: "AssumeRole",
        isRead: true,
        send: (sendOptions) => sts.send(command, sendOptions),
      });
      last = sessionCredentials(answer.Credentials);
      return last;
    } catch (error) {
      // Begun while the function loaded, and still under way when the first user came, who has time of their own.
      if (askedIn.signal.aborted && turn().leftMs() >= LEAST_MS) return take();
      const nowMs = Date.now();
      if (last === undefined || last.expiration.getTime() <= nowMs) throw failure(error);
      return { ...last, expiration: new Date(nowMs + RENEWED_AHEAD_MS + ASK_AGAIN_MS) };
    }
  };
}

function sessionCredentials(answer: Partial<Credentials> = {}): SessionCredentials {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer;
  if (!AccessKeyId || !SecretAccessKey || !Expiration)
    throw new MigrationFailure("source_unavailable", "NoCredentialsError");
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(SessionToken === undefined ? {} : { sessionToken: SessionToken }),
    expiration: Expiration,
  };
}
