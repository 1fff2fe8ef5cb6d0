import type { DestinationSettings } from "../../config/deployment";
import type { FunctionKind } from "../../rules/triggers";
import { type Check, type Finding, type Given, type Occasion, skipped, WITH_TOKEN_FUNCTION } from "./check";
import type { DeployedFunction, FactName, FactValues } from "./facts";

type FunctionNames = { readonly [Fact in "function" | "role" | "logGroup"]: string };

/** A function of this migration, as the checks that each of them gets speak of it. */
export interface CheckedFunction {
  readonly kind: FunctionKind;
  /** As in: the function is deployed. */
  readonly noun: string;
  /** Absent: it is always there. */
  readonly occasion?: Occasion;
  /** The id of a check that the migrating function has as `id`. */
  idOf(id: string): string;
  namesOf(settings: Pick<DestinationSettings, "names">): FunctionNames;
  /** Base64 SHA-256 of its zip, that belongs to this program. */
  codeSha256Of(given: Given): string | undefined;
  /** What AWS has told of it, by the kind of fact. */
  readonly facts: {
    readonly deployed: "function" | "tokenFunction";
    readonly role: "functionRole" | "tokenFunctionRole";
    readonly invokePolicy: "invokePolicy" | "tokenInvokePolicy";
    readonly logGroup: "logGroup" | "tokenLogGroup";
  };
}

export const MIGRATING = {
  kind: "migration",
  noun: "function",
  idOf: (id) => id,
  namesOf: ({ names }) => ({ function: names.function, role: names.lambdaRole, logGroup: names.logGroup }),
  codeSha256Of: ({ codeSha256 }) => codeSha256,
  facts: {
    deployed: "function",
    role: "functionRole",
    invokePolicy: "invokePolicy",
    logGroup: "logGroup",
  },
} as const satisfies CheckedFunction;

export const TOKEN = {
  kind: "token",
  noun: "token function",
  occasion: WITH_TOKEN_FUNCTION,
  idOf: (id) => `token-${id}`,
  namesOf: ({ names }) => names.token,
  codeSha256Of: ({ tokenCodeSha256 }) => tokenCodeSha256,
  facts: {
    deployed: "tokenFunction",
    role: "tokenFunctionRole",
    invokePolicy: "tokenInvokePolicy",
    logGroup: "tokenLogGroup",
  },
} as const satisfies CheckedFunction;

type Kind = keyof CheckedFunction["facts"];
type Parts<K extends Kind> = { readonly [Part in K]: FactValues[CheckedFunction["facts"][Part]] };

/** What differs between the functions in a text. */
export type OfEach = Readonly<Record<FunctionKind, string>>;

export const notDeployed = ({ noun }: CheckedFunction): readonly [string, string] => [
  `The ${noun} is not there.`,
  "Deploy the destination stack.",
];

export const DEPLOY_AGAIN = "Deploy the destination stack again.";

interface FunctionCheck<K extends Kind, N extends FactName>
  extends Omit<Check, "needs" | "decide" | "occasion" | "otherwise"> {
  readonly otherwise: string | OfEach;
  readonly parts: readonly K[];
  /** Facts beside those of the function. */
  readonly needs?: readonly N[];
  decide(parts: Parts<K>, known: Pick<FactValues, N> & Given): Finding;
}

/** A check that each function gets, for one of them. */
export function checkOf<const K extends Kind, const N extends FactName = never>(
  fn: CheckedFunction,
  { parts, needs = [], id, otherwise, decide, ...check }: FunctionCheck<K, N>,
): Check {
  return {
    ...check,
    id: fn.idOf(id),
    otherwise: typeof otherwise === "string" ? otherwise : otherwise[fn.kind],
    ...(fn.occasion === undefined ? {} : { occasion: fn.occasion }),
    needs: [...parts.map((part) => fn.facts[part]), ...needs],
    decide: (known) =>
      decide(Object.fromEntries(parts.map((part) => [part, known[fn.facts[part]]])) as Parts<K>, known),
  };
}

interface DeployedCheck<K extends Kind, N extends FactName> extends Omit<FunctionCheck<K, N>, "decide"> {
  decide(fn: DeployedFunction, known: Pick<FactValues, N> & Given, parts: Parts<K>): Finding;
}

/** Likewise, of a function that is there; without one function-state has failed, and that is enough. */
export function checkOfDeployed<const K extends Kind = never, const N extends FactName = never>(
  fn: CheckedFunction,
  check: DeployedCheck<K, N>,
): Check {
  return checkOf<K | "deployed", N>(fn, {
    ...check,
    parts: ["deployed", ...check.parts],
    decide: (parts, known) =>
      parts.deployed === undefined
        ? skipped(...notDeployed(fn))
        : check.decide(parts.deployed, known, parts as Parts<K>),
  });
}
