import { holds } from "../../assertion";
import { type Migration, record } from "../migration";
import { shows } from "../screen-numbers";
import { settingsAre, settingsOfPool } from "../settings-of-pool";
import type { RunbookStep } from "../step";
import { TRY, tryTenUsers } from "./try";

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
