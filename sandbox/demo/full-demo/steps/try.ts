import { rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { holds } from "../../assertion";
import type { KindName, Person } from "../crowd";
import { type Migration, record } from "../migration";
import { shows } from "../screen-numbers";

const FILE = "ten-users.jsonl";
export const TRY = `npx cognito-migration try --file ${FILE}`;

/** Two who have nothing special about them, and one of eight other kinds. */
const KINDS: readonly KindName[] = [
  "ordinary",
  "ordinary",
  "unverified",
  "disabled",
  "unconfirmed",
  "federated",
  "sms-mfa",
  "reset-required",
  "temporary-password",
  "unreachable",
];

const OUTCOMES = {
  tokens: "migrated",
  PasswordResetRequiredException: "migrated_reset_required",
  NotAuthorizedException: undefined,
} as const satisfies Readonly<Record<Person["answer"], string | undefined>>;

/** Tries ten users. @throws {Broken} unless each is told what will become of them, and nobody is made. */
export async function tryTenUsers(migration: Migration): Promise<string> {
  const { terminal, world, workDirectory } = migration;
  const ten = tenOf(migration);
  const path = join(dirname(workDirectory), FILE);
  writeFileSync(path, ten.map(({ email, password }) => `${JSON.stringify({ user: email, password })}\n`).join(""), {
    mode: 0o600,
  });
  const screen = await terminal.type(TRY, 1);
  rmSync(path);
  for (const { email, answer } of ten) {
    const [, outcome] = new RegExp(`^${email.toLowerCase()} +(\\S+) `, "m").exec(screen.text) ?? [];
    const expected = OUTCOMES[answer];
    const isAsExpected = expected === undefined ? !outcome?.startsWith("migrated") : outcome === expected;
    holds(outcome !== undefined && isAsExpected, `${expected ?? "a refusal"} for ${email}, not ${outcome}`);
  }
  shows(screen, `${FILE} holds passwords: delete it.`);
  const secret = ten.find(({ password }) => screen.text.includes(password) || world.function.log.includes(password));
  holds(secret === undefined, "no password on the screen or in the log");
  holds(world.destination.userPool.users.size === 0, "nobody made by a try");
  const lines = world.function.log.split("\n");
  const counted = lines.filter((line) => line.includes('"Tried":1')).length;
  holds(counted === ten.length, `${ten.length} tried in the log, not ${counted}`);
  holds(!lines.some((line) => line.includes('"outcome":')), "no try counted as a sign-in");
  record(migration, "try", TRY, screen);
  const arrive = ten.filter(({ answer }) => answer !== "NotAuthorizedException").length;
  return `ten users are tried: ${arrive} would come over, ${ten.length - arrive} would be refused, each with the reason; nobody was made, and no sign-in was counted`;
}

function tenOf({ people }: Migration): readonly Person[] {
  const left = [...people];
  return KINDS.flatMap((kind) =>
    left.splice(
      left.findIndex((person) => person.kind === kind),
      1,
    ),
  );
}
