type Json = Readonly<Record<string, unknown>>;

/**
 * Whether two policy documents say the same, whatever the order of their statements and members, one value standing for a list
 * of one, and condition keys in any case. A Sid is a name and decides nothing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function isSamePolicy(one: unknown, other: unknown): boolean {
  return JSON.stringify(normalized(one)) === JSON.stringify(normalized(other));
}

/** Whether a policy document has every statement of the other one, and none that denies. */
export function hasStatementsOf(document: unknown, other: unknown): boolean {
  const there = statementsIn(document).map(statement);
  const texts = there.map((one) => JSON.stringify(one));
  const denies = there.some((one) => !isObject(one) || one["Effect"] !== "Allow");
  return !denies && statementsIn(other).every((one) => texts.includes(JSON.stringify(statement(one))));
}

const statementsIn = (document: unknown): unknown[] => (isObject(document) ? listOf(document["Statement"]) : []);

function normalized(document: unknown): unknown {
  if (!isObject(document)) return document;
  const { Id: _, ...rest } = document;
  const statements = statementsIn(document).map(statement);
  return sorted({ ...rest, Statement: statements.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) });
}

/** Sorted all through, so that JSON.stringify is an order. */
function statement(given: unknown): unknown {
  if (!isObject(given)) return given;
  const { Sid: _, Condition, ...rest } = given;
  const plain = sorted(rest, (value, name) => (name === "Effect" ? value : values(value)));
  return { ...plain, Condition: isObject(Condition) ? sorted(Condition, conditionKeys) : Condition };
}

function conditionKeys(keys: unknown): unknown {
  if (!isObject(keys)) return keys;
  return sorted(Object.fromEntries(Object.entries(keys).map(([key, value]) => [key.toLowerCase(), values(value)])));
}

const values = (value: unknown): unknown =>
  isObject(value) ? sorted(value, values) : listOf(value).map(String).sort();

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? [...value] : value === undefined ? [] : [value]);
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const sorted = (json: Json, as: (value: unknown, name: string) => unknown = (value) => value): Json =>
  Object.fromEntries(
    Object.entries(json)
      .map(([name, value]) => [name, as(value, name)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
