import type { ConfirmedPool } from "../aws/confirmed-pool";
import type { WorkFolder } from "../import/work-folder";
import type { Context } from "../program/command";
import { paceOf } from "../program/pace";
import { startProgress } from "../program/progress";
import { addToGroup, createGroup } from "./group-calls";
import type { GroupPlan } from "./group-plan";
import { RestoredMemberships } from "./restored-memberships";

interface Applied {
  readonly context: Context;
  readonly destination: ConfirmedPool;
  readonly folder: WorkFolder;
}

/** AdminAddUserToGroup shares 25 requests per second, which cannot be raised. https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html */
const ADDITIONS_PER_SECOND = 10;

/**
 * Creates what is missing and adds the members, one request each. Can be stopped and done again at any moment.
 *
 * @returns how many memberships were restored. Users who are gone since the plan are not among them.
 */
export async function applyPlan(plan: GroupPlan, { context, destination, folder }: Applied): Promise<number> {
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
