import { type Expression, parseExpressionAt } from "acorn";
import type { Series } from "./metric-store";

/** What an id stands for. */
export interface Operand {
  readonly series: Series;
  /** Seconds. */
  readonly period: number;
}

type Scope = Readonly<Record<string, Operand>>;
type Value = number | Series;

/**
 * Evaluates a metric math expression, as far as ours go: numbers, ids, arithmetic, comparisons, IF, FILL with 0 and PERIOD. A value that
 * one series lacks counts as 0, and a division by zero gives no point.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 *
 * @throws for anything else: a test must not believe what CloudWatch would not do.
 */
export function evaluate(expression: string, scope: Scope): Series {
  const value = resultOf(parseExpressionAt(expression, 0, { ecmaVersion: 2022 }), scope);
  if (typeof value === "number") throw new Error(`${expression} is a number and no time series`);
  return value;
}

function resultOf(node: Expression, scope: Scope): Value {
  if (node.type === "Literal" && typeof node.value === "number") return node.value;
  if (node.type === "Identifier") return operand(node.name, scope).series;
  if (node.type === "BinaryExpression" && node.left.type !== "PrivateIdentifier") {
    const compute = OPERATORS[node.operator];
    if (compute !== undefined) return combine(compute, resultOf(node.left, scope), resultOf(node.right, scope));
  }
  if (node.type === "CallExpression" && node.callee.type === "Identifier") {
    const [first, second, third] = node.arguments as Expression[];
    if (node.callee.name === "PERIOD" && first?.type === "Identifier") return operand(first.name, scope).period;
    if (node.callee.name === "FILL" && first && second) return filled(resultOf(first, scope), second, scope);
    if (node.callee.name === "IF" && first && second && third) {
      const [condition, yes, no] = [first, second, third].map((argument) => resultOf(argument, scope)) as [
        Value,
        Value,
        Value,
      ];
      const keep = combine((if_, then) => (if_ === 0 ? undefined : then), condition, yes);
      const otherwise = combine((if_, else_) => (if_ === 0 ? else_ : undefined), condition, no);
      return merged(keep, otherwise);
    }
  }
  throw new Error(`metric math is not known here: ${node.type}`);
}

function operand(id: string, scope: Scope): Operand {
  const found = scope[id];
  if (found === undefined) throw new Error(`no metric has the id ${id}`);
  return found;
}

/** Where no metric at all has a value, CloudWatch fills, too; an alarm for which nothing is as good as 0 does not notice. */
function filled(value: Value, filler: Expression, scope: Scope): Series {
  if (typeof value === "number" || filler.type !== "Literal" || filler.value !== 0)
    throw new Error("FILL is known here for a time series and 0");
  const times = new Set(Object.values(scope).flatMap(({ series }) => [...series.keys()]));
  return new Map([...times].sort((a, b) => a - b).map((time) => [time, value.get(time) ?? 0]));
}

type Compute = (a: number, b: number) => number | undefined;

const OPERATORS: Readonly<Record<string, Compute>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => (b === 0 ? undefined : a / b),
  ">=": (a, b) => Number(a >= b),
  ">": (a, b) => Number(a > b),
};

function combine(compute: Compute, a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") {
    const result = compute(a, b);
    if (result === undefined) throw new Error("a number was divided by zero");
    return result;
  }
  const times = new Set([...timesOf(a), ...timesOf(b)].sort((x, y) => x - y));
  const points = [...times].map((time) => [time, compute(at(a, time), at(b, time))] as const);
  return new Map(points.filter((point): point is readonly [number, number] => point[1] !== undefined));
}

const timesOf = (value: Value): Iterable<number> => (typeof value === "number" ? [] : value.keys());
const at = (value: Value, time: number): number => (typeof value === "number" ? value : (value.get(time) ?? 0));

function merged(a: Value, b: Value): Series {
  if (typeof a === "number" || typeof b === "number") throw new Error("IF wants a time series");
  return new Map([...a, ...b].sort(([x], [y]) => x - y));
}
