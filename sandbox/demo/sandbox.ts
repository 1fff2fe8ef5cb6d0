import { openWorld, type PaperWorld, placeOf, SOURCE_POOL } from "../accounts/from-synth";
import { openOperatorFolder, settingsBesides } from "../accounts/operator-folder";
import { forgetSurroundings } from "../accounts/own-environment";
import { AskedWrongly, askedFor } from "../accounts/own-pools/asked-for";
import { expected, type ShownUser } from "../accounts/own-pools/expectation";
import { peopleFor } from "../accounts/own-pools/people-for";
import { readyLine } from "../accounts/own-pools/ready-line";
import { RefusedAtPlan } from "../accounts/refused-at-plan";
import { sampleGroups, sampleUsers } from "../accounts/sample-users";
import type { Tell } from "../accounts/world";
import { type SandboxOptions, sandboxOptions } from "./options";
import { screen } from "./screen";
import { shownLine, timeOf } from "./shown-line";

/** Leaves the two accounts running until Ctrl-C, says how to talk to them, and tells what happens in them. */
async function sandbox(options: SandboxOptions): Promise<void> {
  forgetSurroundings(process.env);
  // Everything that was started ends with this process, also while it is still starting.
  let leave = (): void => process.exit(130);
  // `on`, not `once`: npm passes Ctrl-C on, and the second signal would kill what is cleaning up.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => leave());
  // A program that reads stdout gets the one line and nothing else.
  const say = options.json ? console.error : console.log;
  const { world, users, notes } = await opened(options, {
    log: (line) => say(shownLine(line, options.log)),
    code: (code) => say(`${timeOf(new Date())}  code ${code}`),
  });
  const stopped = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const operator = openOperatorFolder(world);
  for (const note of notes) say(note);
  say(screen({ world, users, operator, besides: settingsBesides(process.cwd(), operator.environment) }));
  if (options.json) console.log(readyLine(world, users, operator.environment));
  await stopped;
  operator.remove();
  await world.close();
  say("\nStopped; nothing is left running.");
}

interface Opened {
  readonly world: PaperWorld;
  readonly users: readonly ShownUser[];
  /** What differs from AWS, or from what was asked for. */
  readonly notes: readonly string[];
}

/** As the options ask, or with samples that were made for the sandbox's own pools. */
async function opened(options: SandboxOptions, tell: Tell): Promise<Opened> {
  const { sourcePool, destinationPool, settings: file, set, noUsers } = options;
  const root = process.cwd();
  const isOwn = sourcePool === undefined && destinationPool === undefined && file === undefined && set.length === 0;
  if (isOwn) {
    const users = noUsers ? [] : sampleUsers();
    const groups = noUsers ? [] : sampleGroups(users, placeOf(SOURCE_POOL));
    const shown = users.map(({ email: username, password, expect }) => ({ username, password, expect }));
    const world = await openWorld({ root, users, groups, tell });
    return { world, users: shown, notes: [] };
  }
  const { pools, settings, notes } = askedFor(options);
  const people = noUsers ? [] : peopleFor(pools.source, pools.destination);
  const users = people.map(({ user }) => user);
  const groups = noUsers ? [] : sampleGroups(users, placeOf(pools.source));
  const world = await openWorld({ root, users, groups, pools, settings, tell });
  try {
    return { world, users: await Promise.all(people.map((person) => expected(world, person))), notes };
  } catch (error) {
    await world.close();
    throw error;
  }
}

sandbox(sandboxOptions(process.argv.slice(2))).catch((error: unknown) => {
  const isWrongUse = error instanceof AskedWrongly || error instanceof RefusedAtPlan;
  const why = error instanceof RefusedAtPlan ? "Terraform would not plan this:\n" : isWrongUse ? "\n" : "";
  console.error(`The sandbox did not start. ${why}${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = isWrongUse ? 2 : 1;
});
