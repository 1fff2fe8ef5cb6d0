import { holds } from "../../assertion";
import type { Migration } from "../migration";
import { shows } from "../screen-numbers";
import { type PoolSettings, settingsAre, settingsOfPool } from "../settings-of-pool";
import { allWhoArrivedSignIn, throughApplication } from "../sign-ins";
import type { RunbookStep } from "../step";
import { APPLY as ATTACH, attachApplied } from "./attach";

const BRAKE = "npx cognito-migration detach --apply";
const PLAN = "npx cognito-migration undo";
const APPLY = `${PLAN} --apply`;
const LIST = `${PLAN} --list`;
const PLAN_OF_ATTACH = `${PLAN} ATTACH_ID`;
const APPLY_OF_ATTACH = `${PLAN_OF_ATTACH} --apply`;

export const goBack: RunbookStep = {
  heading: "Go back, at any time",
  commands: [BRAKE, PLAN, APPLY, LIST, PLAN_OF_ATTACH, APPLY_OF_ATTACH, ATTACH],
  run: async (migration) => {
    const attached = settingsOfPool(migration.world.destination);
    const lines = [await brake(migration, attached), await release(migration, attached), await goBackWhole(migration)];
    await attachApplied(migration);
    await allWhoArrivedSignIn(migration, throughApplication);
    return [...lines, "attached again: the application signs in those who have migrated, and the migration goes on"];
  },
};

/** Takes the trigger off and nothing else. */
async function brake(migration: Migration, attached: PoolSettings): Promise<string> {
  const { terminal, world, people, arrived } = migration;
  const { destination, function: fn } = world;
  await terminal.type(BRAKE);
  const withoutTrigger = { ...attached, settings: { ...attached.settings, LambdaConfig: {} } };
  settingsAre(destination, withoutTrigger, "the trigger off, and every other setting as it was");
  const invocations = fn.invocations.length;
  const { size } = destination.userPool.users;
  const sample = people.filter(({ kind, email }) => kind === "ordinary" && !arrived.has(email)).slice(0, 5);
  const answers = await throughApplication(
    migration,
    sample.map(({ email, password }) => [email, password] as const),
  );
  holds(answers.length === 5, "people who have not migrated yet");
  holds(
    answers.every((answer) => answer === "NotAuthorizedException"),
    `those who have not migrated refused, not ${answers.join(", ")}`,
  );
  const count = await allWhoArrivedSignIn(migration, throughApplication);
  holds(fn.invocations.length === invocations, "the function not called any more");
  holds(destination.userPool.users.size === size, "nobody made at the destination");
  return `the brake: all ${count} who have migrated sign in to the application, who has not is refused as unknown; the function is not called`;
}

/** Takes the brake back. */
async function release({ terminal, world }: Migration, attached: PoolSettings): Promise<string> {
  const braked = settingsOfPool(world.destination);
  const plan = await terminal.type(PLAN);
  shows(plan, `+    "UserMigration": "${world.deployed.function.arn}"`);
  settingsAre(world.destination, braked, "a plan that changes nothing");
  await terminal.type(APPLY);
  settingsAre(world.destination, attached, "pool and app clients as they were before the brake");
  return "undo takes the brake back: pool and app clients are as they were before it";
}

/** Takes attach itself back, although the application still sends passwords. */
async function goBackWhole(migration: Migration): Promise<string> {
  const { terminal, world, destination, arrived, original } = migration;
  const list = await terminal.type(LIST);
  const [, id] = /^(\S+-attach) /m.exec(list.text) ?? [];
  holds(id !== undefined, `the id of attach on the screen:\n${list.text}`);
  terminal.learn("ATTACH_ID", id);
  const plan = await terminal.type(PLAN_OF_ATTACH);
  shows(plan, "An app that still sends passwords through");
  await terminal.type(APPLY_OF_ATTACH);
  settingsAre(world.destination, original, "pool and app clients as they were before attach");
  const answers = await throughApplication(migration, arrived);
  holds(
    answers.length > 0 && answers.every((answer) => answer === "InvalidParameterException"),
    `nobody signed in to an application that sends passwords, not ${[...new Set(answers)].join(", ")}`,
  );
  const [[email] = [""]] = arrived;
  const srp = await destination.beginSrp(email);
  holds(srp === "PASSWORD_VERIFIER", `PASSWORD_VERIFIER for SRP, not ${srp}`);
  return `undo of attach: everything is as before it. An application that sends passwords signs in none of the ${answers.length} who have migrated, as the plan warns; one that uses SRP gets its challenge`;
}
