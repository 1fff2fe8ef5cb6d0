import { rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { holds } from "../../assertion";
import type { KindName, Person } from "../crowd";
import { type Migration, record } from "../migration";
import { shows } from "../screen-numbers";
import { settingsAre, settingsOfPool } from "../settings-of-pool";
import type { RunbookStep } from "../step";

const SIMULATE =
  "npx cognito-migration simulate --users 500000 --sign-ins daily=10,weekly=20,monthly=30,yearly=25,never=15";

export const playItThrough: RunbookStep = {
  heading: "Play it through on paper",
  commands: [SIMULATE],
  run: async ({ terminal, world }) => {
    const screen = await terminal.type(SIMULATE);
    const [, left = ""] = /^The rest after day 90: ([\d,]+) users/m.exec(screen.text) ?? [];
    const rest = Number(left.replaceAll(",", ""));
    // Those who never sign in, at least; and not everybody.
    holds(rest >= 75_000 && rest < 500_000, `some of 500,000 users left after the window, not ${rest}`);
    holds(world.decisions.length === 0, "nothing asked of AWS");
    return [`exit code 0; of 500,000 users ${left} are left after 90 days; nothing was asked of AWS`];
  },
};

export const settle: RunbookStep = {
  heading: "Settle what the migration needs",
  commands: ["npm run synth"],
  run: async ({ terminal, world: { deployed, synthesisMs } }) => {
    terminal.standIn("npm run synth");
    holds(deployed.function.environment["ATTRIBUTE_EXCLUDE"] === "custom:legacy", "the settings in the function");
    return [`both stacks are synthesized from the settings, in ${Math.round(synthesisMs)} ms`];
  },
};

export const deploy: RunbookStep = {
  heading: "Deploy both stacks",
  commands: ["npx cdktf deploy source", "npx cdktf deploy destination"],
  run: async ({ terminal, world }) => {
    terminal.standIn("npx cdktf deploy source");
    terminal.standIn("npx cdktf deploy destination");
    const { deployed, function: fn, destination } = world;
    holds(fn.codeSha256 === deployed.sourceCodeHash, "the zip has the hash in source_code_hash");
    const { LambdaConfig } = destination.userPool.settings;
    holds(Object.keys(LambdaConfig as object).length === 0, "no trigger at the destination");
    return [
      "on paper: roles, policies and function stand as in the stacks, and the function runs from their zip",
      "the destination has no trigger yet, and its application signs in with SRP alone",
    ];
  },
};

const PREFLIGHT = "npx cognito-migration preflight";
const FILE = "ten-users.jsonl";
const TRY = `npx cognito-migration try --file ${FILE}`;

export const check: RunbookStep = {
  heading: "Check both sides",
  commands: [PREFLIGHT, TRY],
  run: async (migration) => {
    const { terminal, world } = migration;
    const before = settingsOfPool(world.destination);
    const screen = await terminal.type(PREFLIGHT, 1);
    for (const [id, state] of [
      ["migration-trigger", "warning"],
      ["client-flows", "failed"],
    ] as const)
      shows(screen, `  ${state.padEnd(8)} ${id} `);
    const failed = [...screen.text.matchAll(/^ {2}failed +(\S+)/gm)].map(([, id]) => id);
    holds(failed.join() === "client-flows", `no other failure than client-flows, not ${failed.join()}`);
    settingsAre(world.destination, before, "a destination that preflight leaves as it was");
    record(migration, "preflight", PREFLIGHT, screen);
    return [
      "exit code 1: nobody sends passwords yet (client-flows), and the trigger is missing (a warning); nothing else fails",
      lastLine(screen.text),
      await tryTenUsers(migration),
    ];
  },
};

/** Preflight once more, with everything in its place. */
export async function preflightPasses({ terminal }: Migration): Promise<string> {
  const screen = await terminal.type(PREFLIGHT);
  shows(screen, "  passed   migration-trigger ");
  shows(screen, "  passed   client-flows ");
  holds(/, 0 failed,/.test(lastLine(screen.text)), "no failure");
  return `preflight: exit code 0; ${lastLine(screen.text)}`;
}

const lastLine = (text: string): string => text.trimEnd().split("\n").at(-1) ?? "";

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
async function tryTenUsers(migration: Migration): Promise<string> {
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
