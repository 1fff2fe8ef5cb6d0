export type Row = Readonly<Record<string, unknown>>;

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
  [
    /^stats count\(\*\) as (\w+) by ([\w, ]+)$/,
    (rows, name = "", fields = "") => counted(rows, name, fields.split(", ")),
  ],
  [/^sort (\w+) desc$/, (rows, name = "") => rows.toSorted((a, b) => Number(b[name]) - Number(a[name]))],
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

/** `list.0` and `object.field` reach into what is nested. */
function fieldOf(row: Row, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], row);
}

/** Columns in the order in which CloudWatch shows them: what is grouped by, then the count. */
function counted(rows: readonly Row[], name: string, fields: readonly string[]): Row[] {
  const counts = new Map<string, { group: Row; count: number }>();
  for (const row of rows) {
    const group = Object.fromEntries(fields.map((field) => [field, row[field]]));
    const key = JSON.stringify(fields.map((field) => row[field] ?? null));
    const entry = counts.get(key) ?? { group, count: 0 };
    entry.count++;
    counts.set(key, entry);
  }
  return [...counts.values()].map(({ group, count }) => ({ ...group, [name]: count }));
}
