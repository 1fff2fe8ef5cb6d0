import { InvokeCommand } from "@aws-sdk/client-lambda";
import { looseObject } from "valibot";
import type { CommandLines } from "../../config/command-lines";
import type { DestinationSettings } from "../../config/deployment";
import { parseJson } from "../../config/json-text";
import { visible } from "../../config/visible";
import { demandsMembership, hasTokenFunction } from "../../rules/token-function";
import { PRE_TOKEN_GENERATION } from "../../rules/triggers";
import { textOf } from "../aws/answer-bytes";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { isSame, type JsonObject } from "../aws/json";
import { type Objections, problem, together, warning } from "../pool-change/change";
import { triggersOn } from "../pool-change/triggers";
import { functionArnsOf } from "../pools/stack-outputs";
import { checkInvocation } from "./check-invocation";

type Place = Pick<ConfirmedPool, "aws">;
type Settings = Pick<DestinationSettings, "userPool" | "names">;

/** Cognito waits five seconds, and a function that is loaded takes longer than the next ones. */
const PATIENCE_MS = 10_000;

/**
 * Looks whether the function is there, this pool may call it, and it answers: once it is the pool's trigger, an error of it fails the
 * sign-in of everybody.
 */
export async function checkTokenFunction(
  place: Place,
  settings: Settings,
  userPoolArn: string,
  signal: AbortSignal,
): Promise<Objections> {
  const lambdaArn = functionArnsOf(settings).token;
  const invocation = await checkInvocation(place, lambdaArn, userPoolArn);
  if (invocation.problems.length > 0) return invocation;
  return together([invocation, await tryIt(place, lambdaArn, settings, signal)]);
}

/** Of nobody: there is no stamp in it, so that the function hands it back as it is, and sends nothing. */
export function nobodysEvent({ userPool }: Pick<DestinationSettings, "userPool">): JsonObject {
  return {
    version: "1",
    triggerSource: PRE_TOKEN_GENERATION.sources.authentication,
    region: userPool.region,
    userPoolId: userPool.id,
    userName: "cognito-migration",
    callerContext: { awsSdkVersion: "cognito-migration", clientId: "cognito-migration" },
    request: {
      userAttributes: { "cognito:user_status": "CONFIRMED" },
      groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
    },
    response: { claimsOverrideDetails: null },
  };
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
async function tryIt({ aws }: Place, lambdaArn: string, settings: Settings, signal: AbortSignal): Promise<Objections> {
  const event = nobodysEvent(settings);
  const timeout = AbortSignal.timeout(PATIENCE_MS);
  const command = new InvokeCommand({
    FunctionName: lambdaArn,
    InvocationType: "RequestResponse",
    LogType: "None",
    Payload: new TextEncoder().encode(JSON.stringify(event)),
  });
  const bad = (what: string): Objections =>
    problem(
      `${lambdaArn} ${what}. As a trigger it would fail every sign-in of the pool: deploy the destination stack again, and look at the function's log.`,
    );
  try {
    const { Payload, FunctionError } = await aws
      .invoker()
      .send(command, { abortSignal: AbortSignal.any([signal, timeout]) });
    if (FunctionError !== undefined) return bad("fails when it is called");
    const answer = parseJson(looseObject({}), Payload === undefined ? "" : textOf(Payload));
    const isUntouched = "value" in answer && isSame(answer.value as JsonObject, event);
    return isUntouched ? together([]) : bad("does not hand back an event of nobody as it is");
  } catch (error) {
    if (signal.aborted) throw error;
    if (timeout.aborted) return bad(`has not answered within ${PATIENCE_MS / 1000} s`);
    const name = error instanceof Error ? error.name : "";
    if (/^AccessDenied/.test(name))
      return warning(
        `It could not be tried whether ${lambdaArn} answers, which takes lambda:InvokeFunction: ${visible((error as Error).message)}`,
      );
    if (name === "TooManyRequestsException") return bad("may not run (its reserved concurrency, or the account's)");
    throw error;
  }
}

/**
 * What to do where a pool has a trigger of its own, which is never taken off.
 *
 * @param isDemanded Whether {@link demandsMembership} holds: the library's function gives groups to a token, and makes nobody a member.
 */
export const howToCallTheLibrary = (anothers: string, isDemanded = false): string =>
  `The pool has a pre token generation trigger of its own, ${visible(anothers)}, and it stays: no option replaces it. ` +
  (isDemanded ? NO_MEMBERS_BY_LIBRARY : BY_LIBRARY);

const BY_LIBRARY = `Have that function do the same (docs/package.md):
    import { withMigratedGroups } from "cognito-migration/groups";
    export const handler = async (event) => withMigratedGroups(await yours(event), options);
    Then give attach without --groups.`;

const NO_MEMBERS_BY_LIBRARY =
  "withMigratedGroups puts groups into tokens and makes nobody a member, so with it users would arrive without a group of GROUPS_OR_REFUSE. " +
  "Take that trigger off the pool, or leave GROUPS_OR_REFUSE out and deploy the destination first.";

/**
 * What a plain attach says of the second trigger. With GROUPS_OR_REFUSE it is a problem: users would arrive, and nobody would make them members.
 *
 * @returns nothing where the settings ask for none, or the pool calls it.
 */
export function groupsToCome(userPool: JsonObject, settings: DestinationSettings, commands: CommandLines): Objections {
  if (!hasTokenFunction(settings)) return together([]);
  const [found] = triggersOn(userPool, { token: functionArnsOf(settings).token });
  const isDemanded = demandsMembership(settings);
  if (found?.isAnothers)
    return isDemanded
      ? problem(howToCallTheLibrary(String(found.calls), isDemanded))
      : warning(
          `The pool has a pre token generation trigger of its own, ${visible(String(found.calls))}. No token has groups of the source, and no event is sent, ` +
            "unless it calls withMigratedGroups (docs/package.md).",
        );
  if (isDemanded && (found?.calls === null || found?.otherVersion !== undefined))
    return problem(
      "GROUPS_OR_REFUSE is set, and the pool does not call the token function for events that it answers: users would arrive, and nobody would make " +
        `them members. Give --groups as well, or give this first: ${commands.program("attach", "--groups", "--apply")}`,
    );
  if (found?.calls !== null) return together([]);
  return warning(
    `The token function is still to come, without which no token has groups of the source and no event is sent: ${commands.program("attach", "--groups")}`,
  );
}

export const noTokenFunction = (commands: CommandLines): string =>
  "The settings ask for no function that answers for tokens. Set MIGRATION_STAMP=on, and GROUPS_MODE or MIGRATED_EVENT_BUS_ARN; " +
  `then ${commands.cdktf("deploy", "destination")}, and give this command again.`;
