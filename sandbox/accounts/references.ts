/** The value of a Terraform expression (without `${` and `}`), or undefined when this lookup does not know it. */
export type Lookup = (expression: string) => string | undefined;

/**
 * Replaces every `${...}` in a value, at any depth, as Terraform would when it applies.
 *
 * @throws when the lookup does not know one: nothing may go on with half a policy.
 */
export function resolveReferences<T>(value: T, lookup: Lookup): T {
  return resolveAny(value, lookup) as T;
}

function resolveAny(value: unknown, lookup: Lookup): unknown {
  if (typeof value === "string") return resolveText(value, lookup);
  if (Array.isArray(value)) return value.map((item) => resolveAny(item, lookup));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveAny(item, lookup)]));
  return value;
}

/** Up to the next reference, or to what Terraform reads as `${` and `%{` themselves. */
const NEXT = /\$\$\{|%%\{|\$\{/;

function resolveText(text: string, lookup: Lookup): string {
  const [found] = NEXT.exec(text) ?? [];
  if (found === undefined) return text;
  const start = text.indexOf(found);
  if (found !== "${") return text.slice(0, start) + found.slice(1) + resolveText(text.slice(start + 3), lookup);
  const end = endOf(text, start);
  const expression = text.slice(start + 2, end - 1);
  const resolved = valueIn(expression, lookup);
  if (resolved === undefined) throw new Error(`no value for the Terraform reference ${text.slice(start, end)}`);
  return text.slice(0, start) + resolved + resolveText(text.slice(end), lookup);
}

/** What hides a value in Terraform's output changes nothing of it. */
const valueIn = (expression: string, lookup: Lookup): string | undefined =>
  lookup(expression) ??
  lookup(/^sensitive\((.*)\)$/s.exec(expression)?.[1] ?? expression) ??
  encoded(expression, lookup);

const TOKEN = /"(?:[^"\\]|\\.)*"|[A-Za-z_][\w.-]*|[{}[\],=]/g;

/** Of `jsonencode(...)` over an object as cdktf writes it: names are quoted, and what is not quoted is a reference. */
function encoded(expression: string, lookup: Lookup): string | undefined {
  const [, object] = /^jsonencode\((\{.*\})\)$/s.exec(expression) ?? [];
  const tokens = object?.match(TOKEN) ?? [];
  const values = new Map(tokens.filter(isReference).map((reference) => [reference, lookup(reference)]));
  if (object === undefined || [...values.values()].includes(undefined)) return undefined;
  return tokens
    .map((token) => (isReference(token) ? JSON.stringify(values.get(token)) : token === "=" ? ":" : token))
    .join("");
}

const isReference = (token: string): boolean => /^[A-Za-z_]/.test(token);

/** Behind the brace that closes a reference. Braces of its own come in pairs, in strings, too. */
function endOf(text: string, start: number): number {
  let open = 0;
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "{") open++;
    if (text[at] === "}" && --open === 0) return at + 1;
  }
  return text.length;
}
