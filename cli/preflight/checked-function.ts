import type { DestinationSettings } from "../../config/deployment";
import type { FunctionKind } from "../../rules/triggers";
import { type Check, type Finding, type Given, type Occasion, skipped, WITH_TOKEN_FUNCTION } from "./check";
import type { DeployedFunction, FactName, FactValues } from "./facts";

/** What AWS tells of each function, by the name that it has for the migrating one. */
type OwnFact = "function" | "functionRole" | "invokePolicy" | "logGroup";

/** A function of this migration, as the checks that each of them gets speak of it. */
export interface CheckedFunction {
  readonly kind: FunctionKind;
  /** As in: the function is deployed. */
  readonly noun: string;
  /** Absent: it is always there. */
  readonly occasion?: Occasion;
  /** The id of a check that the migrating function has as `id`. */
  idOf(id: string): string;
  namesOf(settings: DestinationSettings): { readonly [Part in "function" | "role" | "logGroup"]: string };
  /** Base64 SHA-256 of its zip, that belongs to this program. */
  codeSha256Of(given: Given): string | undefined;
  factOf(name: OwnFact): FactName;
}

export const MIGRATING: CheckedFunction = {
  kind: "migration",
  noun: "function",
  idOf: (id) => id,
  namesOf: ({ names }) => ({ function: names.function, role: names.lambdaRole, logGroup: names.logGroup }),
  codeSha256Of: ({ codeSha256 }) => codeSha256,
  factOf: (name) => name,
};

const TOKEN_FACTS = {
  function: "tokenFunction",
  functionRole: "tokenFunctionRole",
  invokePolicy: "tokenInvokePolicy",
  logGroup: "tokenLogGroup",
} as const satisfies Record<OwnFact, FactName>;

export const TOKEN: CheckedFunction = {
  kind: "token",
  noun: "token function",
  occasion: WITH_TOKEN_FUNCTION,
  idOf: (id) => `token-${id}`,
  namesOf: ({ names }) => names.token,
  codeSha256Of: ({ tokenCodeSha256 }) => tokenCodeSha256,
  factOf: (name) => TOKEN_FACTS[name],
};

export const notDeployed = ({ noun }: CheckedFunction): readonly [found: string, remedy: string] => [
  `The ${noun} is not there.`,
  DEPLOY,
];

export const DEPLOY = "Deploy the destination stack.";
export const DEPLOY_AGAIN = "Deploy the destination stack again.";

interface FunctionCheck<Own extends OwnFact, Other extends FactName>
  extends Omit<Check, "needs" | "decide" | "occasion" | "otherwise"> {
  /** Of each function, where they differ. */
  readonly otherwise: string | Readonly<Record<FunctionKind, string>>;
  readonly own: readonly Own[];
  /** Facts beside those of the function. */
  readonly needs?: readonly Other[];
  decide(own: Pick<FactValues, Own>, known: Pick<FactValues, Other> & Given): Finding;
}

/** A check that each function gets, for one of them. */
export function checkOf<const Own extends OwnFact, const Other extends FactName = never>(
  fn: CheckedFunction,
  { own, needs = [], id, otherwise, decide, ...check }: FunctionCheck<Own, Other>,
): Check {
  return {
    ...check,
    id: fn.idOf(id),
    otherwise: typeof otherwise === "string" ? otherwise : otherwise[fn.kind],
    ...(fn.occasion && { occasion: fn.occasion }),
    needs: [...own.map(fn.factOf), ...needs],
    decide: (known) =>
      decide(Object.fromEntries(own.map((name) => [name, known[fn.factOf(name)]])) as Pick<FactValues, Own>, known),
  };
}

interface DeployedCheck<Other extends FactName> extends Omit<FunctionCheck<never, Other>, "own" | "decide"> {
  decide(fn: DeployedFunction, known: Pick<FactValues, Other> & Given): Finding;
}

/** Likewise, of a function that is there; without one function-state has failed, and that is enough. */
export function checkOfDeployed<const Other extends FactName = never>(
  fn: CheckedFunction,
  { decide, ...check }: DeployedCheck<Other>,
): Check {
  return checkOf<"function", Other>(fn, {
    ...check,
    own: ["function"],
    decide: ({ function: deployed }, known) =>
      deployed === undefined ? skipped(...notDeployed(fn)) : decide(deployed, known),
  });
}
