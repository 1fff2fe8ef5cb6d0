import { InvokeCommand } from "@aws-sdk/client-lambda";
import type { CommandLines } from "../../config/command-lines";
import { textOf } from "../aws/answer-bytes";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { explainAwsError } from "../aws/explain-aws-error";
import type { Context } from "../program/command";
import { CommandError, EXIT, Interrupted } from "../program/exit";
import { type Answered, deployFirst } from "./answer";

/** Ten seconds at most to load, five to answer, and the way: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
const PATIENCE_MS = 20_000;

/** What to do about it, by the exception. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
const remediesOf = (commands: CommandLines): Readonly<Record<string, string>> => ({
  AccessDeniedException:
    "This takes lambda:InvokeFunction on the function. Have it granted for the try and removed afterwards: docs/cli/try.md.",
  TooManyRequestsException:
    "As many calls as it may have are under way (LAMBDA_RESERVED_CONCURRENCY, or the account's). Nothing was tried: run it again.",
  ResourceNotFoundException: `There is no such function. ${deployFirst(commands)}`,
});

/** Calls the function as Cognito does, once, and has none of its log sent along. @throws {CommandError} when Lambda refuses, or does not answer in time. */
export async function invokeFunction(
  { aws }: Pick<ConfirmedPool, "aws">,
  lambdaArn: string,
  event: object,
  { signal, commands }: Pick<Context, "signal" | "commands">,
  patienceMs = PATIENCE_MS,
): Promise<Answered> {
  const timeout = AbortSignal.timeout(patienceMs);
  const command = new InvokeCommand({
    FunctionName: lambdaArn,
    InvocationType: "RequestResponse",
    LogType: "None",
    Payload: new TextEncoder().encode(JSON.stringify(event)),
  });
  try {
    const { Payload, FunctionError } = await aws
      .invoker()
      .send(command, { abortSignal: AbortSignal.any([signal, timeout]) });
    return { payload: Payload === undefined ? "" : textOf(Payload), failed: FunctionError !== undefined };
  } catch (error) {
    if (signal.aborted)
      throw new Interrupted("Stopped. The sign-in that was under way may have reached the source. Nobody was made.");
    if (timeout.aborted)
      throw new CommandError(
        EXIT.CHECKS_FAILED,
        `${lambdaArn} has not answered within ${patienceMs / 1000} s. Whether the source was asked is not known: look at the function's log.`,
        { cause: error },
      );
    const remedy = error instanceof Error ? remediesOf(commands)[error.name] : undefined;
    if (remedy === undefined) throw error;
    const [found = ""] = explainAwsError(error)?.split("\n") ?? [];
    throw new CommandError(EXIT.AWS_REFUSED, `${found}\n${remedy}`, { cause: error });
  }
}
