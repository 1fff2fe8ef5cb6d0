import type { Options } from "yargs";
import type { SideName } from "../../cli/aws/side";
import { COMMANDS } from "../../cli/commands";
import { LEFT_OUT } from "../../cli/import/left-out";
import type { Check } from "../../cli/preflight/check";
import { CHECKS } from "../../cli/preflight/checks";
import { FACT_SOURCES, type FactName } from "../../cli/preflight/facts";
import type { Command } from "../../cli/program/command";
import { readAssumptions, type SimulateOptions } from "../../cli/simulate/assumptions";
import { simulationReport } from "../../cli/simulate/report";
import { simulate } from "../../cli/simulate/simulate";
import { withBlock } from "../../sandbox/demo/marked-block";

const rows = (head: readonly string[], body: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...body].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

function typeOf({ type, choices, array }: Options): string {
  if (choices !== undefined) return choices.map((choice) => `\`${choice}\``).join(", ");
  if (type === "boolean") return "switch";
  return `${type === "number" ? "number" : "text"}${array ? ", repeatable" : ""}`;
}

function defaultOf({ type, default: value, demandOption }: Options): string {
  if (demandOption) return "required";
  return value === undefined || type === "boolean" ? "" : `\`${value}\``;
}

function optionsTable({ options }: Command): string {
  return rows(
    ["Option", "Value", "Default", "What it does"],
    Object.entries(options).map(([name, option]) => [
      `\`--${name}\``,
      typeOf(option),
      defaultOf(option),
      String(option.describe).replaceAll("|", "\\|"),
    ]),
  );
}

/** A page with the list of all commands. @param folder Where their pages are, seen from this one. */
export const withCommands = (page: string, folder: string): string =>
  withBlock(
    page,
    "commands",
    rows(
      ["Command", "What it does"],
      COMMANDS.map(({ name, summary }) => [`[\`${name}\`](${folder}${name}.md)`, summary]),
    ),
  );

const reasonsTable = (): string =>
  rows(
    ["Reason", "Why, and what helps"],
    Object.entries(LEFT_OUT).map(([reason, text]) => [`\`${reason}\``, text]),
  );

const SIMULATED = {
  users: "500000",
  "sign-ins": "daily=10,weekly=20,monthly=30,yearly=25,never=15",
  "price-source": "10000=0,0.01",
  "price-destination": "0.02",
};

function simulation({ options }: Command): string {
  const defaults = Object.fromEntries(Object.entries(options).map(([name, option]) => [name, option.default]));
  const assumptions = readAssumptions({ ...(defaults as unknown as SimulateOptions), ...SIMULATED }, () => "");
  if (!("signInShare" in assumptions)) throw new Error(assumptions.join("\n"));
  const given = Object.entries(SIMULATED).map(([name, value]) => ` \\\n    --${name} ${value}`);
  const text = simulationReport(simulate(assumptions), assumptions, 80);
  return `\`\`\`text\n$ npx cognito-migration simulate${given.join("")}\n${text}\n\`\`\``;
}

/** docs/cli/<command>.md with everything that the program knows: its options, and what belongs to one command alone. */
export function withCommand(page: string, name: string, command: Command): string {
  const whole = withBlock(page, "options", optionsTable(command));
  if (name === "preflight") return withPreflight(whole);
  if (name === "import") return withBlock(whole, "left out", reasonsTable());
  if (name === "simulate") return withBlock(whole, "simulation", simulation(command));
  return whole;
}

const SIDES: readonly SideName[] = ["source", "destination"];

function permissionsOf(facts: readonly FactName[], side: SideName): string[] {
  const actions = facts.flatMap((name) => (FACT_SOURCES[name].side === side ? FACT_SOURCES[name].permissions : []));
  return [...new Set(actions)].sort();
}

const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");

function row({ id, title, otherwise, source, needs, occasion }: Check): string {
  const sides = SIDES.filter((side) => needs.some((name) => FACT_SOURCES[name].side === side));
  return `| [\`${id}\`](${source}) | ${title}. | ${otherwise} | ${sides.join(", ") || "settings"}${occasion === undefined ? "" : `; only with ${occasion.told}`} |`;
}

function checkTable(): string {
  const rows = [...new Set(CHECKS.map(({ theme }) => theme))].flatMap((theme) => [
    `| **${theme}** | | | |`,
    ...CHECKS.filter((check) => check.theme === theme).map(row),
  ]);
  return ["| Check | Passes when this is so | Otherwise | Looks at |", "|---|---|---|---|", ...rows].join("\n");
}

function permissionTable(): string {
  const all = Object.keys(FACT_SOURCES) as FactName[];
  const always = CHECKS.filter(({ occasion }) => occasion === undefined).flatMap(({ needs }) => needs);
  const rows = SIDES.flatMap((side) => {
    const usual = permissionsOf(always, side);
    const more = permissionsOf(all, side).filter((action) => !usual.includes(action));
    return [
      `| ${side} | ${code(usual)} |`,
      ...(more.length === 0 ? [] : [`| ${side}, with \`GROUPS_MODE\` | ${code(more)} |`]),
    ];
  });
  return `| Side | IAM actions |\n|---|---|\n${rows.join("\n")}`;
}

/** docs/cli/preflight.md with the checks as they are, and the permissions that they need. */
function withPreflight(page: string): string {
  const checks = withBlock(page, "preflight checks", checkTable());
  return withBlock(checks, "preflight permissions", permissionTable());
}
