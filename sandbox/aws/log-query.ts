import { expression, fieldOf, type Row } from "./log-expression";

/**
 * Answers a Logs Insights query, as far as ours go; SOURCE is its first command.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 *
 * @throws at a command that is not known here: a picture must not show what CloudWatch would not.
 */
export function answer(query: string, log: readonly Row[]): Row[] {
  const [source = "", ...commands] = query.split(" | ");
  if (!source.startsWith("SOURCE '")) throw new Error(`no log group in ${query}`);
  return commands.reduce<Row[]>((rows, command) => run(command, rows), [...log]);
}

type Command = readonly [RegExp, (rows: readonly Row[], ...parameters: string[]) => Row[]];

const COMMANDS: readonly Command[] = [
  [/^filter (.+)$/, (rows, condition) => rows.filter(predicate(condition ?? ""))],
  [/^fields jsonParse\(@message\) as (\w+)$/, (rows, name = "") => rows.map((row) => ({ ...row, [name]: row }))],
  [
    /^unnest ([\w.]+) into (\w+)$/,
    (rows, list = "", name = "") =>
      rows.flatMap((row) => (fieldOf(row, list) as unknown[]).map((item) => ({ ...row, [name]: item }))),
  ],
  [/^fields (.+)$/, (rows, wanted = "") => rows.map((row) => ({ ...row, ...valuesOf(wanted, [row]) }))],
  [
    /^stats (.+?)(?: by ([\w, ]+))?$/,
    (rows, wanted = "", fields = "") => grouped(rows, wanted, fields === "" ? [] : fields.split(", ")),
  ],
  [/^sort (\w+) desc$/, (rows, name = "") => rows.toSorted((a, b) => Number(b[name]) - Number(a[name]))],
  [
    /^display (\w+(?:, \w+)*)$/,
    (rows, names = "") => rows.map((row) => Object.fromEntries(names.split(", ").map((name) => [name, row[name]]))),
  ],
  [/^limit (\d+)$/, (rows, count) => rows.slice(0, Number(count))],
];

function run(command: string, rows: readonly Row[]): Row[] {
  for (const [pattern, apply] of COMMANDS) {
    const [, ...parameters] = pattern.exec(command) ?? [];
    if (parameters.length > 0) return apply(rows, ...parameters);
  }
  throw new Error(`query command is not known here: ${command}`);
}

function predicate(condition: string): (row: Row) => boolean {
  const terms = condition.split(" or ").map((term) => {
    const present = /^ispresent\(([\w.]+)\)$/.exec(term)?.[1];
    if (present !== undefined) return (row: Row) => fieldOf(row, present) !== undefined;
    const [, field = "", list] = /^(\w+) (?:= |in \[)("[\w", ]+")\]?$/.exec(term) ?? [];
    if (list === undefined) throw new Error(`filter is not known here: ${term}`);
    const values = list.split(", ").map((value) => value.slice(1, -1));
    return (row: Row) => values.includes(String(row[field]));
  });
  return (row) => terms.some((term) => term(row));
}

/** Columns in the order in which CloudWatch shows them: what is grouped by, then what was asked for. */
function grouped(rows: readonly Row[], wanted: string, fields: readonly string[]): Row[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify(fields.map((field) => row[field] ?? null));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()].map((group) => ({
    ...Object.fromEntries(fields.map((field) => [field, group[0]?.[field]])),
    ...valuesOf(wanted, group),
  }));
}

/** @param wanted Such as `count(*) as users, max(at) as last`. */
function valuesOf(wanted: string, rows: readonly Row[]): Row {
  return Object.fromEntries(
    wanted.split(/(?<= as \w+), /).map((one) => {
      const [, text = "", name = ""] = /^(.+) as (\w+)$/.exec(one) ?? [];
      if (name === "") throw new Error(`query command is not known here, without a name: ${one}`);
      return [name, expression(text)(rows)];
    }),
  );
}
