import { relative } from "node:path";
import type { DestinationSettings } from "../../config/deployment";
import { appClientIds } from "../aws/app-clients";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import type { JsonObject } from "../aws/json";
import { findDestination } from "../pools/confirmed-pools";
import { isSamePool, type PoolAddress, poolAddressOf } from "../pools/pool-address";
import { functionArnsOf } from "../pools/stack-outputs";
import type { Context } from "../program/command";
import { EXIT, type ExitCode, Interrupted } from "../program/exit";
import { applySteps } from "./apply";
import {
  appClientTarget,
  type Objections,
  type Snapshot,
  targetText,
  together,
  type UpdateDecision,
  userPoolTarget,
} from "./change";
import { driftText, linesFor, type Printed } from "./infrastructure-lines";
import { mayBeId, unknownAppClients } from "./list-app-clients";
import { changesOf, type Plan, planText, planUpdates } from "./plan";
import { problemsBeforeUpdate, refuse, tierNotTold } from "./problems-before-update";
import { isOpen, isSamePlace, joined, type UndoRecord, undoText } from "./record";
import { UndoFiles } from "./undo-files";
import { NoSuchAppClient, UserPoolSettings } from "./user-pool-settings";

/** A command that updates the destination pool and its app clients. */
export interface Update {
  readonly command: "attach" | "detach" | "cut-over";
  /** Ids of app clients; `all` are those of the pool that concern the command. */
  readonly clients: readonly string[] | "all";
  /** Why one of `all` is none of them; undefined when it is. */
  leaves(client: JsonObject): string | undefined;
  decide(snapshot: Snapshot, settings: DestinationSettings): UpdateDecision;
  /** What else may speak against it; asked only when there is something to do. */
  check?(place: ConfirmedPool, settings: DestinationSettings, snapshot: Snapshot): Promise<Objections>;
  /** What does the same where the pool cannot be updated; undefined when nothing has to be done any more. */
  otherwise?(userPool: JsonObject, place: ConfirmedPool, settings: DestinationSettings): string | undefined;
  readonly apply: boolean;
  readonly print: Printed | undefined;
}

/** describe → merge → diff → (--apply) update → describe again → verify. */
export async function runUpdate(update: Update, context: Context): Promise<ExitCode> {
  const { terminal } = context;
  const deployment = context.deployment();
  const place = await findDestination(context, deployment);
  // findDestination has refused a deployment without one.
  const settings = deployment.destination as DestinationSettings;
  const port = new UserPoolSettings(place);
  const snapshot = await readSnapshot(port, place, update, context);
  try {
    return await planAndApply(update, { place, settings, port, snapshot }, context);
  } catch (error) {
    const now = error instanceof Interrupted ? undefined : await port.userPool().catch(() => snapshot.userPool);
    const otherwise = now && update.otherwise?.(now, place, settings);
    if (otherwise !== undefined) terminal.say(otherwise);
    throw error;
  }
}

interface Found {
  readonly place: ConfirmedPool;
  readonly settings: DestinationSettings;
  readonly port: UserPoolSettings;
  readonly snapshot: Snapshot;
}

async function planAndApply(update: Update, found: Found, context: Context): Promise<ExitCode> {
  const { terminal } = context;
  const { settings, snapshot } = found;
  const decision = update.decide(snapshot, settings);
  if (update.print !== undefined) {
    refuse(decision.problems);
    terminal.print(linesFor(update.print, snapshot, decision.changes));
    return EXIT.DONE;
  }
  const plan = planUpdates(snapshot, decision.changes);
  const checked = await checkPlan(plan, update, found);
  for (const warning of [...decision.warnings, ...checked.warnings]) terminal.say(`Note: ${warning}`);
  if (plan.steps.length > 0) terminal.print(planText(plan.steps));
  refuse([...decision.problems, ...checked.problems]);
  if (plan.steps.length === 0) {
    terminal.say("Nothing to do: it is like that already.");
    return EXIT.DONE;
  }
  terminal.say(driftText(snapshot, update.command));
  if (!update.apply) {
    terminal.say("This is the plan, and nothing was changed. To do it, give the same command with --apply.");
    return EXIT.DONE;
  }
  await applyRecorded(update.command, plan, found, context);
  return EXIT.DONE;
}

async function readSnapshot(
  port: UserPoolSettings,
  place: ConfirmedPool,
  update: Update,
  { terminal }: Context,
): Promise<Snapshot> {
  const { clients: wanted } = update;
  const ids = wanted === "all" ? await appClientIds(place) : [...new Set(wanted)];
  if (wanted !== "all" && !ids.every(mayBeId)) throw await unknownAppClients(ids, place);
  const clients: JsonObject[] = [];
  for (const id of ids) {
    const client = await port.appClient(id).catch(async (error: unknown) => {
      throw error instanceof NoSuchAppClient ? await unknownAppClients(ids, place) : error;
    });
    const reason = wanted === "all" ? update.leaves(client) : undefined;
    if (reason === undefined) clients.push(client);
    else terminal.say(`Left alone: ${targetText(appClientTarget(client))}. ${reason}`);
  }
  return { userPool: await port.userPool(), clients };
}

async function checkPlan(plan: Plan, update: Update, { place, settings, port, snapshot }: Found): Promise<Objections> {
  if (plan.steps.length === 0) return together([]);
  const own = await update.check?.(place, settings, snapshot);
  const tier = tierNotTold(plan);
  // Whatever it may cost, a brake is not held up by it.
  const isBrake = update.otherwise !== undefined;
  return {
    problems: [...(await problemsBeforeUpdate(plan, port)), ...(isBrake ? [] : tier), ...(own?.problems ?? [])],
    warnings: [...(isBrake ? tier : []), ...(own?.warnings ?? [])],
  };
}

/** Applies a plan, and writes down first how it can be taken back. */
async function applyRecorded(
  command: string,
  plan: Plan,
  { place, settings, port, snapshot }: Found,
  { terminal, signal, workDirectory, root, now, commands }: Context,
): Promise<void> {
  const files = new UndoFiles(workDirectory, settings.migration);
  const where = poolAddressOf(place);
  const writtenAt = now().toISOString();
  const changes = changesOf(plan);
  const interrupted = interruptedBefore(files.readable(terminal.say), command, where);
  const record: UndoRecord = {
    version: 1,
    id: `${writtenAt.replaceAll(/[:.]/g, "-")}-${command}`,
    command,
    ...where,
    userPoolName: userPoolTarget(snapshot.userPool).name,
    writtenAt,
    changes: interrupted === undefined ? changes : joined(interrupted.changes, changes),
  };
  files.write(record);
  if (interrupted !== undefined) files.write({ ...interrupted, replacedBy: record.id });
  terminal.say(`What was there before is in ${relative(root, files.path(record))}.`);
  const undo = undoText(record, functionArnsOf(settings), commands);
  const before = plan.inPlace.filter((one) => interrupted?.changes.some((earlier) => isSamePlace(earlier, one)));
  await applySteps(plan.steps, { port, signal, undo, before: before.map(({ target }) => target), say: terminal.say });
  files.write({ ...record, finishedAt: now().toISOString() });
  terminal.say(`Done. To take it back: ${undo}`);
}

/** The last command, when it was this one, at this pool, and did not come to its end. */
function interruptedBefore(
  records: readonly UndoRecord[],
  command: string,
  where: PoolAddress,
): UndoRecord | undefined {
  const last = records.findLast((one) => isSamePool(one, where));
  return last && isOpen(last) && last.finishedAt === undefined && last.command === command ? last : undefined;
}
