import { holds } from "../../assertion";
import type { Migration } from "../migration";
import { shows } from "../screen-numbers";
import { settingsAre, settingsOfPool, withTrigger } from "../settings-of-pool";
import type { RunbookStep } from "../step";
import { preflightPasses } from "./before";

const PLAN = "npx cognito-migration attach --client APP_CLIENT_ID";
export const APPLY = `${PLAN} --apply`;

const DURING = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"];

/** @throws {Broken} unless attach has changed what it is for, and nothing else. */
export async function attachApplied({ terminal, world }: Migration): Promise<void> {
  const { destination, deployed } = world;
  const before = settingsOfPool(destination);
  await terminal.type(APPLY);
  settingsAre(
    destination,
    withTrigger(before, destination.clientId, deployed.function.arn, DURING),
    "the trigger on, the password flow on, and every other setting of pool and app clients as before",
  );
}

export const attach: RunbookStep = {
  heading: "Attach the trigger",
  commands: [PLAN, APPLY, "npx cognito-migration preflight"],
  run: async (migration) => {
    const { terminal, world } = migration;
    const before = settingsOfPool(world.destination);
    const plan = await terminal.type(PLAN);
    shows(plan, `+    "UserMigration": "${world.deployed.function.arn}"`);
    shows(plan, '+    "ALLOW_USER_PASSWORD_AUTH"');
    settingsAre(world.destination, before, "a plan that changes nothing");
    await attachApplied(migration);
    const { size } = world.destination.userPool.users;
    holds(size === 0, "nobody at the destination yet");
    return [
      "the plan shows trigger and password flow, and changes nothing",
      "applied: the trigger is on, the app client may send passwords, every other setting is as before",
      await preflightPasses(migration),
    ];
  },
};
