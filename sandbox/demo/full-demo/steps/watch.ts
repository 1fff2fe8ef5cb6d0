import { holds } from "../../assertion";
import { DAYS } from "../crowd";
import { type Migration, record } from "../migration";
import { numberOf, numbersAre, type Screen, shows } from "../screen-numbers";
import { comeAnew, forgetful, letDaysPass, onDay, setPasswordByCode } from "../sign-ins";
import type { RunbookStep } from "../step";

const STATUS = "npx cognito-migration status";
const EXPLAIN = "npx cognito-migration explain --user sms-mfa-3@example.com";
/** The day on which the operator goes back for a while. */
const DAY_OF_ROLLBACK = 13;

interface Counted {
  readonly screen: Screen;
  /** What was checked. */
  readonly line: string;
}

/** @throws {Broken} unless the status has counted what is there. */
async function statusCounts(migration: Migration): Promise<Counted> {
  const { terminal, people, world } = migration;
  const screen = await terminal.type(STATUS);
  const there = people.filter(({ email }) => world.destination.userPool.users.find(email) !== undefined).length;
  numbersAre(screen, {
    "In the source": people.length,
    Migrated: there,
    Remaining: people.length - there,
    "In the destination": world.destination.userPool.users.size,
  });
  const lines = world.function.log.split("\n").filter((line) => line.includes('"outcome":'));
  for (const outcome of ["migrated", "reset_required", "refused", "failed"]) {
    const logged = lines.filter((line) => line.includes(`"outcome":"${outcome}"`)).length;
    numbersAre(screen, { [outcome]: logged });
  }
  const handedOver = lines.filter((line) => /"outcome":"(migrated|reset_required)"/.test(line));
  const names = new Set(handedOver.map((line) => JSON.parse(line).user));
  // One was deleted at the destination and came anew.
  numbersAre(screen, { "in all": names.size, "again, a minute later or more": 1 });
  const refused = numberOf(screen, "refused");
  const line = `status: ${there} of ${people.length} are over, as the pools have it; ${refused} sign-ins refused, as the log has it`;
  return { screen, line };
}

export const signInAndWatch: RunbookStep = {
  heading: "Sign in, and watch",
  commands: [STATUS, EXPLAIN],
  run: async (migration) => {
    const { people, destination, world, arrived } = migration;
    const [first] = people;
    holds(first !== undefined, "people in the source");
    const wrong = await destination.signIn(first.email, `${first.password}x`);
    holds(wrong === "NotAuthorizedException", `a wrong password refused, not ${wrong}`);
    holds(world.destination.userPool.users.size === 0, "nobody made by a wrong password");
    const came = await letDaysPass(migration, 0, DAY_OF_ROLLBACK);
    const reset = people.filter(({ answer, email }) => answer.startsWith("PasswordReset") && isThere(migration, email));
    await onDay(migration, DAY_OF_ROLLBACK - 1, async () => {
      await comeAnew(migration, first);
      for (const person of [...forgetful(migration), ...reset]) await setPasswordByCode(migration, person);
    });
    return [
      "a wrong password is refused, and nobody is made",
      `${came} ordinary users came in ${DAY_OF_ROLLBACK} days and kept their password, with their addresses typed in capitals`,
      "disabled, unconfirmed, federated and unreachable ones and those with a second factor were refused; nobody was made of them",
      `${reset.length} with a temporary or a reset password, and ${forgetful(migration).length} who forgot theirs, set a new one by a code`,
      "one of them was deleted at the destination, and came anew with the old password",
      `${arrived.size} can sign in at the destination`,
      (await statusCounts(migration)).line,
      await explainSomebody(migration),
    ];
  },
};

const isThere = ({ world }: Migration, email: string): boolean =>
  world.destination.userPool.users.find(email) !== undefined;

export const waitForTheCurve: RunbookStep = {
  heading: "Wait until the curve is flat",
  commands: [STATUS],
  run: async (migration) => {
    // It was off for two days.
    const came = await letDaysPass(migration, DAY_OF_ROLLBACK + 2, DAYS);
    holds(came > 0, "more people");
    const { screen, line } = await statusCounts(migration);
    const [, curve] = /^(The curve flattens about .*?),/m.exec(screen.text) ?? [];
    holds(curve !== undefined, `a forecast on the screen:\n${screen.text}`);
    record(migration, "status", STATUS, screen);
    return [`${came} more came`, line, curve];
  },
};

/** Somebody with a second factor was refused, and calls. */
async function explainSomebody({ terminal }: Migration): Promise<string> {
  const screen = await terminal.type(EXPLAIN);
  shows(screen, "second factors: SMS_MFA;");
  shows(screen, "destination  nobody was found by this name");
  // What the function has logged, and what it would say now.
  shows(screen, "  sms-mfa-3@example.com  mfa ");
  shows(screen, "The function refuses it, whatever the password: mfa,");
  return "explain: one with a second factor was refused for it, as the log has it, and would be again";
}
