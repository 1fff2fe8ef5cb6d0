import { openWorld } from "../accounts/from-synth";
import { forgetSurroundings } from "../accounts/own-environment";
import { sampleUsers } from "../accounts/sample-users";
import { LOG } from "./option-list";
import { type LogOptions, optionsOf } from "./options";
import { shownLine } from "./shown-line";
import { endOnSignal } from "./signals";
import { migrationStory } from "./story";
import { terminal } from "./terminal";

/** Tells the story on standard output. Ends with 0 only if every step held. */
async function demo({ log }: LogOptions): Promise<void> {
  forgetSurroundings(process.env);
  terminal.print("Two AWS accounts on this machine: synthesizing, starting two user pools, STS and Lambda ...\n");
  endOnSignal();
  const users = sampleUsers();
  const [user] = users;
  if (user === undefined) throw new Error("there are no sample users");
  const world = await openWorld({ root: process.cwd(), users });
  try {
    for (const [index, { title, run }] of migrationStory(world, user).entries()) {
      terminal.print(`${index}. ${title}`);
      for (const line of await run()) terminal.print(`   ${line}`);
    }
    terminal.print("\nIAM was asked, with the policies from the synthesized stacks:");
    for (const { principal, action, allowed } of world.decisions.filter(
      (d) => !d.principal.arn.endsWith("/administrator"),
    ))
      terminal.print(`   ${allowed ? "allowed" : "DENIED "}  ${action.padEnd(32)} ${principal.arn}`);
  } finally {
    terminal.print("\nThe function's log:");
    for (const line of world.function.log.trim().split("\n")) terminal.print(`   ${shownLine(line, log)}`);
    await world.close();
  }
  terminal.print("\nEvery step held. To sign in yourself, and watch it in a browser: npm run sandbox");
}

demo(optionsOf("npm run demo --", LOG, process.argv.slice(2))).catch((error: unknown) => {
  terminal.say(`\nThe demo failed. ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
