import { WorkFolder } from "../import/work-folder";
import { confirmPools } from "../pools/confirmed-pools";
import type { Context } from "../program/command";
import { EXIT, type ExitCode, Interrupted } from "../program/exit";
import { paceOf } from "../program/pace";
import { plural } from "../program/plural";
import { applyPlan } from "./apply-plan";
import { applyCommand, type GroupsOptions } from "./command-line";
import { describeGroups, type GroupPlan } from "./group-plan";
import { planGroups } from "./plan-groups";

/** @throws {CommandError} when the pools, the account or the options do not allow it. */
export async function restoreGroups(options: GroupsOptions, context: Context): Promise<ExitCode> {
  const places = await confirmPools(context);
  const settings = context.deployment().destination;
  if (settings === undefined) throw new Error("there is a destination, or confirmPools would have refused");
  const folder = new WorkFolder(context.workDirectory, settings.migration, places.destination.side.userPoolId);
  const turn = paceOf(options.requestsPerSecond);
  const read = (): Promise<GroupPlan> => planGroups({ named: options.named, context, places, settings, folder, turn });
  if (!options.apply) return tell(await read(), options, context);
  // An import that begins now would add to what is read here.
  const unlock = folder.lock();
  try {
    const plan = await read();
    context.terminal.say(describeGroups(plan));
    const restored = await applyPlan(plan, { context, destination: places.destination, folder });
    if (options.json) print({ groups: plan.groups, restored }, context);
    else context.terminal.print(`${plural(restored, "membership")} restored.`);
    return EXIT.DONE;
  } catch (error) {
    if (context.signal.aborted)
      throw new Interrupted("Stopped. Run the same command again: what is restored stays, and the rest follows.");
    context.terminal.say("What is restored stays. Run the same command again for the rest.");
    throw error;
  } finally {
    unlock();
  }
}

function tell(plan: GroupPlan, options: GroupsOptions, context: Context): ExitCode {
  const { terminal } = context;
  if (options.json) {
    print({ groups: plan.groups }, context);
    return EXIT.DONE;
  }
  terminal.report(describeGroups(plan));
  const isNothing = plan.additions.length + plan.missing.length === 0;
  terminal.say(
    `Nothing was changed. ${isNothing ? "There is nothing to do." : `This does it:\n${applyCommand(options, context.commands)}`}`,
  );
  return EXIT.DONE;
}

const print = (document: object, { terminal }: Context): void => terminal.print(JSON.stringify(document, undefined, 2));
