import type { SideName } from "../../cli/aws/side";
import type { Check } from "../../cli/preflight/check";
import { CHECKS } from "../../cli/preflight/checks";
import { FACT_SOURCES, type FactName } from "../../cli/preflight/facts";
import { withBlock } from "../../sandbox/demo/marked-block";

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
export function withPreflight(page: string): string {
  const checks = withBlock(page, "preflight checks", checkTable());
  return withBlock(checks, "preflight permissions", permissionTable());
}
