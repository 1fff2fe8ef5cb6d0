import { CommandError, EXIT, Interrupted } from "../exit";
import { type Target, targetText } from "./change";
import { type Difference, differencesBetween, differenceText, hasChanged } from "./compare";
import type { JsonObject } from "./json";
import type { Step } from "./plan";

/** What applying a plan needs of AWS. */
export interface UpdatePort {
  describe(target: Target): Promise<JsonObject>;
  /** Sends this and nothing else. */
  update(target: Target, request: JsonObject): Promise<void>;
  /** What GetUserPoolMfaConfig returns: settings that UpdateUserPool does not take, and shall not touch. */
  mfaConfig(): Promise<JsonObject>;
}

export interface Applying {
  readonly port: UpdatePort;
  readonly signal: AbortSignal;
  /** How to take back what was done, such as a command line. */
  readonly undo: string;
  say(text: string): void;
}

/** https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-updating.html */
const INVALID =
  "Cognito checks every setting at an update, those that stay as they are, too. One of them may no longer be valid, such as an " +
  "e-mail identity or a role that was deleted: correct it in the AWS console first.";

/**
 * Updates one target after another. Each is read again before (nobody else may have changed it since the plan was made) and
 * after (everything else has to be as it was).
 *
 * @throws {CommandError} CHECKS_FAILED when a target has changed, or anything else than intended is different afterwards.
 * @throws {Interrupted} between two updates.
 */
export async function applySteps(steps: readonly Step[], applying: Applying): Promise<void> {
  const done: string[] = [];
  for (const step of steps) {
    const name = targetText(step.change.target);
    if (applying.signal.aborted) throw new Interrupted(stopped("Stopped.", done, applying.undo));
    try {
      await applyStep(step, applying);
    } catch (error) {
      if (error instanceof CommandError) throw error;
      if (error instanceof Error && error.name === "InvalidParameterException") applying.say(INVALID);
      applying.say(stopped(`${name} could not be updated.`, done, applying.undo));
      throw error;
    }
    done.push(name);
    applying.say(`Updated and read again: ${name}.`);
  }
}

async function applyStep({ change, described, expected, request }: Step, { port, undo }: Applying): Promise<void> {
  const { target } = change;
  if (hasChanged(described, await port.describe(target)))
    throw new CommandError(
      EXIT.CHECKS_FAILED,
      `Somebody has changed the ${targetText(target)} since this plan was made, so it was not updated. Run the command again.`,
    );
  const mfa = target.kind === "user-pool" ? await port.mfaConfig() : {};
  await port.update(target, request);
  const wrong = [
    ...differencesBetween(expected, await port.describe(target)),
    ...(target.kind === "user-pool" ? mfaDifferences(mfa, await port.mfaConfig()) : []),
  ];
  if (wrong.length > 0) throw new CommandError(EXIT.CHECKS_FAILED, harmText(target, wrong, undo));
}

function mfaDifferences(before: JsonObject, after: JsonObject): readonly Difference[] {
  return differencesBetween(before, after).map((one) => ({ ...one, path: `GetUserPoolMfaConfig ${one.path}` }));
}

function harmText(target: Target, wrong: readonly Difference[], undo: string): string {
  return [
    `NOT AS PLANNED: after the update of ${targetText(target)}, other settings are different, too:`,
    ...wrong.map((one) => `  ${differenceText(one)}`),
    `Set these back in the AWS console. To take back what was intended: ${undo}`,
  ].join("\n");
}

function stopped(what: string, done: readonly string[], undo: string): string {
  if (done.length === 0) return `${what} Nothing was changed.`;
  return `${what} Changed by now: ${done.join(", ")}. Run the command again to go on, or take it back: ${undo}`;
}
