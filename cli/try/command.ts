import type { DestinationSettings } from "../../config/deployment";
import { visible } from "../../config/visible";
import { lackingIn } from "../../rules/required-attributes";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { findDestination } from "../pools/confirmed-pools";
import { handedOnName, schemaOf } from "../pools/pool-rules";
import { lambdaArnOf } from "../pools/stack-outputs";
import { type Context, defineCommand, JSON_OUTPUT } from "../program/command";
import { CommandError, EXIT, type ExitCode } from "../program/exit";
import { shownPath } from "../program/shown-path";
import { readAnswer } from "./answer";
import { type Attempt, triedEvent } from "./event";
import { invokeFunction } from "./invoke";
import { readPassword } from "./password";
import { type Result, resultsDocument, resultsReport, whatIsReal, wouldArrive } from "./report";
import { readSignInFile } from "./sign-in-file";

export const tryCommand = defineCommand({
  options: {
    user: { type: "string", describe: "Name as the user types it. The password is prompted for, or read from stdin" },
    file: {
      type: "string",
      describe: 'Several users: a file with a line for each, such as {"user": "...", "password": "..."}',
    },
    "forgot-password": {
      type: "boolean",
      default: false,
      describe: 'Try "forgot password" instead, without a password',
    },
    "show-values": {
      type: "boolean",
      default: false,
      describe: "Print the values of attributes, not only their names",
    },
    ...JSON_OUTPUT,
  },
  examples: [
    ["try --user jane@example.com", "One user; prompts for the password"],
    ["try --file ten-users.jsonl", "Several, before the trigger is attached"],
    ["try --user jane@example.com --forgot-password", "A user who has forgotten the password"],
  ],
  async run(args, context): Promise<ExitCode> {
    const { user, file, json, "forgot-password": isForgotten, "show-values": showValues } = args;
    if ((user === undefined) === (file === undefined))
      throw new CommandError(EXIT.USAGE, "Name the user to try: --user NAME, or --file FILE for several.");
    const deployment = context.deployment();
    const fromFile = file === undefined ? undefined : readSignInFile(file, isForgotten);
    const destination = await findDestination(context, deployment);
    const settings = deployment.destination as DestinationSettings;
    context.terminal.say(whatIsReal(settings, fromFile?.length ?? 1, isForgotten));
    const attempts = fromFile ?? [await attemptOf(user ?? "", isForgotten, context)];
    const results: Result[] = [];
    try {
      for (const attempt of attempts) results.push(await tryOne(attempt, destination, settings, context));
    } finally {
      // Whatever ended it: these have reached the source.
      if (results.length > 0)
        context.terminal.print(
          json
            ? JSON.stringify(resultsDocument(lambdaArnOf(settings), results, showValues), null, 2)
            : resultsReport(results, file !== undefined, showValues, context.commands),
        );
      if (file !== undefined && !isForgotten) context.terminal.say(`${shownPath(file)} holds passwords: delete it.`);
    }
    return results.every(wouldArrive) ? EXIT.DONE : EXIT.CHECKS_FAILED;
  },
});

async function attemptOf(user: string, isForgotten: boolean, context: Context): Promise<Attempt> {
  if (isForgotten) return { user, password: undefined };
  const prompt = `Password of ${visible(user)} at the source: `;
  return { user, password: await readPassword(process.stdin, process.stderr, prompt, context) };
}

async function tryOne(
  attempt: Attempt,
  destination: ConfirmedPool,
  settings: DestinationSettings,
  context: Context,
): Promise<Result> {
  const lambdaArn = lambdaArnOf(settings);
  const answered = await invokeFunction(destination, lambdaArn, triedEvent(attempt, settings), context);
  const tried = readAnswer(answered, lambdaArn, context.commands);
  const lacking = wouldArrive(tried) ? lackingIn(tried.attributes, schemaOf(destination.userPool)) : [];
  return { user: handedOnName(attempt.user, settings), ...tried, lacking };
}
