import { holds, holdsSilent } from "../../assertion";
import type { Migration } from "../migration";
import { shows } from "../screen-numbers";
import { settingsAre, settingsOfPool, withTrigger } from "../settings-of-pool";
import { allWhoArrivedSignIn, throughCheck } from "../sign-ins";
import type { RunbookStep } from "../step";

const PLAN = "npx cognito-migration cut-over";
const APPLY = `${PLAN} --leave NUMBER_LEFT --apply`;
const UNDO = "npx cognito-migration undo";

const DESTROY = ["npx cdktf destroy destination", "npx cdktf destroy source"];

export const cutOver: RunbookStep = {
  heading: "Cut over",
  commands: [PLAN, APPLY, UNDO],
  run: async (migration) => {
    const { terminal, world, people, destination, arrived } = migration;
    const during = settingsOfPool(world.destination);
    const left = people.filter(({ email }) => world.destination.userPool.users.find(email) === undefined).length;
    const plan = await terminal.type(PLAN, 1);
    shows(plan, `${left} of ${people.length} users of the source have not migrated`);
    settingsAre(world.destination, during, "a plan that changes nothing");
    terminal.learn("NUMBER_LEFT", String(left));
    const applied = await terminal.type(APPLY);
    const after = withTrigger(during, world.destination.clientId, undefined, [
      "ALLOW_REFRESH_TOKEN_AUTH",
      "ALLOW_USER_SRP_AUTH",
    ]);
    settingsAre(world.destination, after, "the trigger off, SRP on, the password flow off, and nothing else changed");
    const order = [...applied.text.matchAll(/^ {2}\d\. (npx cdktf destroy \S+)/gm)].map(([, command]) => command);
    holds(order.join() === DESTROY.join(), `the order ${DESTROY.join(", ")} on the screen, not ${order.join(", ")}`);
    const [[email, password] = ["", ""]] = arrived;
    const sent = await destination.signIn(email, password);
    holds(sent === "InvalidParameterException", `the application's password flow refused, not ${sent}`);
    const srp = await destination.beginSrp(email);
    holds(srp === "PASSWORD_VERIFIER", `PASSWORD_VERIFIER for SRP, not ${srp}`);
    const undo = await terminal.type(UNDO);
    shows(undo, `+    "UserMigration": "${world.deployed.function.arn}"`);
    settingsAre(world.destination, after, "a plan of undo that changes nothing");
    return [
      `the plan changes nothing; it counts ${left} who have not come, and takes that number to leave them behind`,
      "applied: the trigger is off, SRP is on, the password flow is off, every other setting is as before",
      "the application gets SRP's challenge, and can no longer send passwords",
      "undo would take it back, and is not asked to",
    ];
  },
};

export const destroy: RunbookStep = {
  heading: "Destroy both stacks",
  commands: DESTROY,
  run: async (migration) => {
    const { terminal, world } = migration;
    const invocations = world.function.invocations.length;
    terminal.standIn(DESTROY[0] ?? "");
    await world.function.stop();
    // As `aws_lambda_permission` goes with the stack.
    Object.assign(world.deployed.invokePolicy, { Statement: [] });
    terminal.standIn(DESTROY[1] ?? "");
    await world.source.switchOff();
    await holdsSilent(world.source.url);
    const count = await allWhoArrivedSignIn(migration, throughCheck);
    holds(world.function.invocations.length === invocations, "the function not called");
    return [
      "on paper, in the order that cut-over has printed; the sandbox switches the whole source pool off with it",
      `all ${count} who have a password at the destination sign in without function and source; a wrong password is refused`,
      "(sent by ADMIN_USER_PASSWORD_AUTH through an app client of the check: the demo is no client of SRP)",
    ];
  },
};

/** What the migration has come to. */
export function finalStatement({ people, arrived, world }: Migration): readonly string[] {
  const { users } = world.destination.userPool;
  const there = people.filter(({ email }) => users.find(email) !== undefined);
  const waiting = there.filter(({ email }) => !arrived.has(email));
  const kept = there.filter(({ email, password }) => arrived.get(email) === password);
  holds(users.size === there.length, "nobody at the destination who was not in the source");
  return [
    `Of ${people.length} users of the source ${there.length} are at the destination: ${kept.length} with the password that they had,`,
    `${arrived.size - kept.length} with one that they set by a code, ${waiting.length} who will be asked to. ${people.length - there.length} stayed behind, as documented.`,
  ];
}
