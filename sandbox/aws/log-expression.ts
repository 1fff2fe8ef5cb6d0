export type Row = Readonly<Record<string, unknown>>;

/** What an expression comes to for these rows: one row, or all of a group. */
export type Expression = (rows: readonly Row[]) => unknown;

const TOKEN = /\s*(?:(count\(\*\))|(\d+(?:\.\d+)?)|([A-Za-z_@][\w.@]*)|([-+*/(),]))/y;

/** Of each row by itself. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-operations-functions.html */
const FUNCTIONS: Readonly<Record<string, (...values: number[]) => number>> = {
  floor: Math.floor,
  least: Math.min,
  toMillis: (timestamp) => timestamp,
};

/** Of all rows of a group. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Stats.html */
const AGGREGATES: Readonly<Record<string, (values: readonly unknown[]) => number>> = {
  count_distinct: (values) => new Set(values).size,
  max: (values) => values.reduce<number>((most, value) => Math.max(most, Number(value)), Number.NEGATIVE_INFINITY),
  min: (values) => values.reduce<number>((least, value) => Math.min(least, Number(value)), Number.POSITIVE_INFINITY),
  sum: (values) => values.reduce<number>((sum, value) => sum + Number(value), 0),
};

/** Reads sums, products, functions and fields; `+` and `*` bind as usual. @throws at what is not known here. */
export function expression(text: string): Expression {
  const tokens = tokensOf(text);
  const read = sum(tokens);
  if (tokens.length > 0) throw unknown(text);
  return read;

  function sum(rest: string[]): Expression {
    return chain(rest, product, { "+": (a, b) => a + b, "-": (a, b) => a - b });
  }

  function product(rest: string[]): Expression {
    return chain(rest, atom, { "*": (a, b) => a * b, "/": (a, b) => a / b });
  }

  function atom(rest: string[]): Expression {
    const token = rest.shift() ?? "";
    if (token === "(") return closed(rest, sum(rest));
    if (token === "count(*)") return (rows) => rows.length;
    if (/^\d/.test(token)) return () => Number(token);
    if (!/^[\w@]/.test(token)) throw unknown(text);
    return rest[0] === "(" ? called(token, rest) : ([row]) => fieldOf(row ?? {}, token);
  }

  function called(name: string, rest: string[]): Expression {
    rest.shift();
    const parameters = [sum(rest)];
    while (rest[0] === ",") {
      rest.shift();
      parameters.push(sum(rest));
    }
    const [first] = parameters;
    const aggregate = AGGREGATES[name];
    const apply = FUNCTIONS[name];
    if (aggregate !== undefined && first !== undefined && parameters.length === 1)
      return closed(rest, (rows) => aggregate(rows.map((row) => first([row])).filter((value) => value !== undefined)));
    if (apply === undefined) throw unknown(text);
    return closed(rest, (rows) => apply(...parameters.map((one) => Number(one(rows)))));
  }

  function closed(rest: string[], inside: Expression): Expression {
    if (rest.shift() !== ")") throw unknown(text);
    return inside;
  }
}

/** `list.0` and `object.field` reach into what is nested. */
export function fieldOf(row: Row, path: string): unknown {
  if (path in row) return row[path];
  return path.split(".").reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], row);
}

function chain(
  rest: string[],
  next: (rest: string[]) => Expression,
  operators: Readonly<Record<string, (a: number, b: number) => number>>,
): Expression {
  let left = next(rest);
  for (let apply = operators[rest[0] ?? ""]; apply !== undefined; apply = operators[rest[0] ?? ""]) {
    rest.shift();
    const [a, b, both] = [left, next(rest), apply];
    left = (rows) => both(Number(a(rows)), Number(b(rows)));
  }
  return left;
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const [match] = TOKEN.exec(text) ?? [];
    if (match === undefined) throw unknown(text);
    tokens.push(match.trim());
  }
  return tokens;
}

const unknown = (text: string): Error => new Error(`expression is not known here: ${text}`);
