import { folded } from "../../../sandbox/aws/user-pool/user-names";
import { withBlock } from "../../../sandbox/demo/marked-block";
import { decidedOf, type Found } from "./decided";
import { DESTINATIONS, type Letters, namingOf, type Pair, SOURCES } from "./pool-pairs";
import { listIn, preflightSays } from "./preflight-says";
import { PEOPLE } from "./source-users";

export type Finder = (pair: Pair) => readonly Found[];

/** The numbers of one pair. */
export function totalsOf(pair: Pair, found: readonly Found[]): Readonly<Record<keyof typeof COLUMNS, string>> {
  const names = found.flatMap((one) => one.names);
  const working = names.filter(({ username }) => username !== undefined);
  const imported = found.filter((one) => one.imported !== undefined);
  const come = found.filter((one) => one.names.some(({ username }) => username !== undefined));
  const renamed = imported.filter((one) => isRenamed(pair, one)).length;
  return {
    come: `${come.length} of ${found.length}`,
    work: `${working.length} of ${names.length}`,
    imported: `${imported.length}${renamed > 0 ? `, ${renamed} under a new name` : ""}`,
  };
}

const COLUMNS = { come: "Users who can come", work: "Names that work", imported: "Imported" };

function isRenamed(pair: Pair, { names, imported = [] }: Found): boolean {
  const destination = namingOf(pair, "destination");
  const before = names.map(({ name }) => folded(destination, name));
  return !imported.some((name) => before.includes(folded(destination, name)));
}

const BOTH: Letters = { source: true, destination: true };
const FOLDING: Letters = { source: true, destination: false };

function people(): string {
  const rows = PEOPLE.map(({ label, username }) => `| \`${username}\` | ${label} |`);
  return `| Username, if there are any | What is there, and proven |\n|---|---|\n${rows.join("\n")}`;
}

function tables(find: Finder): string {
  return SOURCES.map((source) => {
    const rows = DESTINATIONS.map((destination) => rowOf({ source, destination, letters: BOTH }, find));
    const head = ["To", "From now on", "Stops", "`sign-in-names`", ...Object.values(COLUMNS)];
    return `### From ${source.title}\n\n| ${head.join(" | ")} |\n|${"---|".repeat(head.length)}\n${rows.join("\n")}`;
  }).join("\n\n");
}

function rowOf(pair: Pair, find: Finder): string {
  const { state, found } = preflightSays(pair, false).signInNames;
  const lists = (["Names that work from now on", "Names that stop working"] as const).map((list) =>
    listIn(found, list),
  );
  const totals = Object.values(totalsOf(pair, find(pair)));
  return `| ${[pair.destination.title, ...lists, state, ...totals].join(" | ")} |`;
}

function letters(find: Finder): string {
  const rows = SOURCES.map((source) => {
    const cells = DESTINATIONS.map((destination) => {
      const pair = { source, destination, letters: FOLDING };
      return totalsOf(pair, find(pair)).come;
    });
    return `| ${[source.title, ...cells].join(" | ")} |`;
  });
  const head = ["From \\ to", ...DESTINATIONS.map(({ title }) => title)];
  return `| ${head.join(" | ")} |\n|${"---|".repeat(head.length)}\n${rows.join("\n")}`;
}

/** docs/sign-in-names.md as somebody has found it out. */
export function withSignInNames(page: string, find: Finder = decidedOf): string {
  const withPeople = withBlock(page, "sign-in-names: users", people());
  return withBlock(withBlock(withPeople, "sign-in-names", tables(find)), "sign-in-names: letters", letters(find));
}
