import { holds } from "../../claim";
import { ended, shows } from "../screen-numbers";
import { settingsAre, settingsOfPool } from "../settings-of-pool";
import { allWhoArrivedSignIn, passwordAnswers } from "../sign-ins";
import type { RunbookStep } from "../step";
import { APPLY as ATTACH, attachApplied } from "./attach";

const PLAN = "npx cognito-migration undo";
const APPLY = `${PLAN} --apply`;

export const goBack: RunbookStep = {
  heading: "Go back, at any time",
  commands: [PLAN, APPLY, ATTACH],
  run: async (migration) => {
    const { terminal, world, people, original } = migration;
    const { destination, function: fn } = world;
    const attached = settingsOfPool(destination);
    const plan = await terminal.type(PLAN);
    ended(plan, 0);
    shows(plan, `-    "UserMigration": "${world.deployed.function.arn}"`);
    settingsAre(destination, attached, "a plan that changes nothing");
    ended(await terminal.type(APPLY), 0);
    settingsAre(destination, original, "pool and app clients as they were before attach");
    const invocations = fn.invocations.length;
    const sample = people.filter(({ kind, email }) => kind === "ordinary" && !migration.arrived.has(email)).slice(0, 5);
    const answers = await passwordAnswers(
      migration,
      sample.map(({ email, password }) => [email, password] as const),
    );
    holds(answers.length === 5, "people who have not migrated yet");
    holds(
      answers.every((answer) => answer === "NotAuthorizedException"),
      `those who have not migrated refused, not ${answers.join(", ")}`,
    );
    const arrived = await allWhoArrivedSignIn(migration);
    holds(fn.invocations.length === invocations, "the function not called any more");
    const again = await terminal.type(APPLY);
    ended(again, 0);
    shows(again, "Nothing to do");
    settingsAre(destination, original, "a second undo that changes nothing");
    await attachApplied(migration);
    return [
      "the plan shows what would come back, and changes nothing",
      "applied: pool and app clients are as they were before attach; a second time there is nothing to do",
      `who has not migrated is refused as unknown, and the function is not called; all ${arrived} who have still sign in`,
      "attached again: the migration goes on",
    ];
  },
};
