import { openWorld } from "./on-paper";
import { openOperatorFolder, settingsBesides } from "./operator-folder";
import { type SandboxOptions, sandboxOptions } from "./options";
import { forgetSurroundings } from "./own-environment";
import { sampleGroups, sampleUsers } from "./sample-users";
import { screen } from "./screen";
import { shownLine, timeOf } from "./shown-line";

/** Leaves the two accounts running until Ctrl-C, says how to talk to them, and tells what happens in them. */
async function sandbox({ log }: SandboxOptions): Promise<void> {
  forgetSurroundings(process.env);
  // Everything that was started ends with this process, also while it is still starting.
  let leave = (): void => process.exit(130);
  // `on`, not `once`: npm passes Ctrl-C on, and the second signal would kill what is cleaning up.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => leave());
  const users = sampleUsers();
  const tell = {
    log: (line: string): void => console.log(shownLine(line, log)),
    code: (code: string): void => console.log(`${timeOf(new Date())}  code ${code}`),
  };
  const world = await openWorld({ root: process.cwd(), users, groups: sampleGroups(users), tell });
  const stopped = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const operator = openOperatorFolder(world);
  console.log(screen({ world, users, operator, besides: settingsBesides(process.cwd(), operator.environment) }));
  await stopped;
  operator.remove();
  await world.close();
  console.log("\nStopped; nothing is left running.");
}

sandbox(sandboxOptions(process.argv.slice(2))).catch((error: unknown) => {
  console.error(`The sandbox did not start. ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
