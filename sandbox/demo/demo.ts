import { openWorld } from "../accounts/from-synth";
import { forgetSurroundings } from "../accounts/own-environment";
import { sampleUsers } from "../accounts/sample-users";
import { LOG } from "./option-list";
import { type LogOptions, optionsOf } from "./options";
import { shownLine } from "./shown-line";
import { migrationStory } from "./story";

/** Tells the story on standard output. Ends with 0 only if every step held. */
async function demo({ log }: LogOptions): Promise<void> {
  forgetSurroundings(process.env);
  console.log("Two AWS accounts on this machine: synthesizing, starting two user pools, STS and Lambda ...\n");
  // Everything that was started ends with this process.
  // `on`, not `once`: npm passes Ctrl-C on, and the second signal would kill what is cleaning up.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(130));
  const users = sampleUsers();
  const [user] = users;
  if (user === undefined) throw new Error("there are no sample users");
  const world = await openWorld({ root: process.cwd(), users });
  try {
    for (const [index, { title, run }] of migrationStory(world, user).entries()) {
      console.log(`${index}. ${title}`);
      for (const line of await run()) console.log(`   ${line}`);
    }
    console.log("\nIAM was asked, with the policies from the synthesized stacks:");
    for (const { principal, action, allowed } of world.decisions.filter(
      (d) => !d.principal.arn.endsWith("/administrator"),
    ))
      console.log(`   ${allowed ? "allowed" : "DENIED "}  ${action.padEnd(32)} ${principal.arn}`);
  } finally {
    console.log("\nThe function's log:");
    for (const line of world.function.log.trim().split("\n")) console.log(`   ${shownLine(line, log)}`);
    await world.close();
  }
  console.log("\nEvery step held.");
}

demo(optionsOf("npm run demo --", LOG, process.argv.slice(2))).catch((error: unknown) => {
  console.error(`\nThe demo failed. ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
