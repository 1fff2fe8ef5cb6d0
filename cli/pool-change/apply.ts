import type { JsonObject } from "../aws/json";
import { CommandError, EXIT, Interrupted } from "../program/exit";
import { type Target, targetText } from "./change";
import { type Difference, differencesBetween, differenceText, hasChanged } from "./compare";
import { type Step, withChanges } from "./plan";
import { refusalHint } from "./refusal-hint";

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
  /** What an earlier run of the same command has changed, which did not come to its end. */
  readonly before: readonly Target[];
  say(text: string): void;
}

/**
 * Updates one target after another. Each is read again before (nobody else may have changed it since the plan was made) and
 * after (everything else has to be as it was).
 *
 * @throws {CommandError} CHECKS_FAILED when a target has changed, or anything else than intended is different afterwards.
 * @throws {Interrupted} between two updates.
 */
export async function applySteps(steps: readonly Step[], applying: Applying): Promise<void> {
  const { signal, undo, say } = applying;
  const done = [...new Set(applying.before.map(targetText))];
  for (const step of steps) {
    const name = targetText(step.target);
    if (signal.aborted) throw new Interrupted(stopped("Stopped.", done, undo));
    try {
      await applyStep(step, applying);
    } catch (error) {
      if (error instanceof CommandError) {
        if (done.length > 0) say(`Changed by now: ${done.join(", ")}.`);
        throw error;
      }
      if (!(error instanceof NotKnown)) say(stopped(`${name} could not be updated.`, done, undo));
      else say(`${error.message} ${done.length === 0 ? "" : `Changed by now: ${done.join(", ")}. `}${goOn(undo)}`);
      throw error instanceof NotKnown ? error.cause : error;
    }
    done.push(name);
    say(`Updated and read again: ${name}.`);
  }
}

/** An update may have been made, or have done more than it should, and nobody can tell by now. */
class NotKnown extends Error {}

async function applyStep(step: Step, applying: Applying): Promise<void> {
  const { target, described, expected } = step;
  const { port, undo } = applying;
  if (hasChanged(described, await port.describe(target))) throw changedByOthers(target);
  const isPool = target.kind === "user-pool";
  const mfa = isPool ? await port.mfaConfig() : {};
  await update(step, applying);
  const [found, mfaFound] = await readAgain(step, async () => [
    await port.describe(target),
    isPool ? await port.mfaConfig() : {},
  ]);
  const wrong = [...differencesBetween(expected, found), ...mfaDifferences(mfa, mfaFound)];
  if (wrong.length > 0) throw new CommandError(EXIT.CHECKS_FAILED, harmText(target, wrong, undo));
}

/**
 * An answer can be lost, also the one to the first of several attempts of which AWS has refused the last: whether the update was made,
 * only the target itself can say.
 */
async function update({ target, changes, described, request }: Step, { port, say }: Applying): Promise<void> {
  const name = targetText(target);
  try {
    await port.update(target, request);
  } catch (error) {
    const found = await port.describe(target).catch(() => undefined);
    if (found === undefined)
      throw new NotKnown(
        `Whether ${name} was updated is not known: there was no answer, and it could not be read again.`,
        { cause: error },
      );
    if (differencesBetween(withChanges(found, changes), found).length === 0) {
      say(`The answer to the update of ${name} was lost. It was read again: the update was made.`);
      return;
    }
    const hint = refusalHint(error, target, request);
    if (hint !== undefined) say(hint);
    if (hasChanged(described, found)) throw changedByOthers(target);
    throw error;
  }
}

async function readAgain<T>({ target }: Step, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new NotKnown(
      `${targetText(target)} was updated and could not be read again: look in the AWS console whether everything else is as it was.`,
      { cause: error },
    );
  }
}

const changedByOthers = (target: Target): CommandError =>
  new CommandError(
    EXIT.CHECKS_FAILED,
    `Somebody has changed the ${targetText(target)} since this plan was made, so it was not updated. Run the command again.`,
  );

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

const goOn = (undo: string): string => `Run the command again to go on, or take it back: ${undo}`;

function stopped(what: string, done: readonly string[], undo: string): string {
  if (done.length === 0) return `${what} Nothing was changed by this run.`;
  return `${what} Changed by now: ${done.join(", ")}. ${goOn(undo)}`;
}
