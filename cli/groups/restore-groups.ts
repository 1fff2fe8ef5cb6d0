import { beginWork, type Work } from "../import/import-context";
import type { Context } from "../program/command";
import { EXIT, type ExitCode, Interrupted } from "../program/exit";
import { paceOf } from "../program/pace";
import { plural } from "../program/plural";
import { startProgress } from "../program/progress";
import { addToGroup, createGroup } from "./group-calls";
import { applyCommand, describeGroups, type GroupPlan, type GroupsOptions } from "./group-plan";
import { planGroups } from "./plan-groups";
import { RestoredMemberships } from "./restored-memberships";

export async function restoreGroups(options: GroupsOptions, context: Context): Promise<ExitCode> {
  const work = await beginWork(context, options.requestsPerSecond);
  if (!options.apply) return tell(await planGroups(options.named, work), options, context);
  // An import that begins now would add to what is read here.
  const unlock = work.folder.lock();
  try {
    const plan = await planGroups(options.named, work);
    context.terminal.say(describeGroups(plan));
    const restored = await applyPlan(plan, work);
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

/** AdminAddUserToGroup shares 25 requests per second, which cannot be raised. https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html */
const ADDITIONS_PER_SECOND = 10;

/** Can be stopped and done again at any moment. @returns how many memberships were restored, without those of users who are gone since the plan. */
async function applyPlan(plan: GroupPlan, { context, places: { destination }, folder }: Work): Promise<number> {
  const { terminal, signal } = context;
  const turn = paceOf(ADDITIONS_PER_SECOND);
  for (const group of plan.missing) {
    signal.throwIfAborted();
    await turn();
    await createGroup(destination, group);
    terminal.say(`Group ${group.GroupName} created.`);
  }
  const restored = new RestoredMemberships(folder.restoredFile());
  const progress = startProgress(terminal, "memberships", plan.additions.length);
  let done = 0;
  let added = 0;
  try {
    for (const { group, sub } of plan.present) restored.addWithoutSync(group, sub);
    for (const { group, sub, username } of plan.additions) {
      signal.throwIfAborted();
      await turn();
      if (await addToGroup(destination, group, username)) {
        restored.add(group, sub);
        added += 1;
      }
      done += 1;
      progress.update(done);
    }
  } finally {
    progress.stop();
    restored.close();
  }
  return added;
}
