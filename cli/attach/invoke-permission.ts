/** A function's resource policy; absent where the function is not there, or nobody may call it. */
export type FunctionPolicy =
  | { readonly kind: "policy"; readonly policy: unknown }
  | { readonly kind: "absent" }
  | { readonly kind: "unreadable"; readonly reason: string };

interface Statement {
  readonly Effect?: string;
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
  readonly Action?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export type Permission = "yes" | "no" | "unclear";

const ACTIONS: readonly string[] = ["lambda:InvokeFunction", "lambda:*", "*"];

/**
 * Decides whether Cognito may call the function for this pool. A policy with statements that are not understood is "unclear".
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 *
 * @param policy The document that GetPolicy returns.
 */
export function mayInvoke(policy: unknown, userPoolArn: string): Permission {
  // IAM's grammar lets one statement stand without a list: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
  const { Statement: one = [] } = policy as { Statement?: Statement | readonly Statement[] };
  const forCognito = [one]
    .flat()
    .filter(
      ({ Principal, Action }) => namesCognito(Principal) && listOf(Action).some((action) => ACTIONS.includes(action)),
    );
  const answers = forCognito.map((statement) => conditionsHold(statement, userPoolArn));
  const denied = forCognito.some(({ Effect }, index) => Effect === "Deny" && answers[index] !== "no");
  if (denied) return "unclear";
  const allowed = answers.filter((_, index) => forCognito[index]?.Effect === "Allow");
  if (allowed.includes("yes")) return "yes";
  return allowed.includes("unclear") ? "unclear" : "no";
}

function namesCognito(principal: Statement["Principal"]): boolean {
  if (principal === undefined) return false;
  if (typeof principal === "string") return principal === "*";
  return [...listOf(principal["Service"]), ...listOf(principal["AWS"])].some(
    (name) => name === "*" || name.startsWith("cognito-idp.amazonaws.com"),
  );
}

function conditionsHold({ Condition = {} }: Statement, userPoolArn: string): Permission {
  const expected: Readonly<Record<string, string | undefined>> = {
    "aws:sourcearn": userPoolArn,
    "aws:sourceaccount": userPoolArn.split(":")[4],
  };
  const answers = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, patterns]): Permission => {
      const value = expected[key.toLowerCase()];
      if (value === undefined || !/^(Arn|String)(Equals|Like)$/.test(operator)) return "unclear";
      return listOf(patterns).some((pattern) => matches(pattern, value)) ? "yes" : "no";
    }),
  );
  if (answers.includes("no")) return "no";
  return answers.includes("unclear") ? "unclear" : "yes";
}

/**
 * `*` is any text, `?` one character. Whoever may write the policy may write many stars; as a regular expression they would be
 * tried in every combination, so this goes back to the last star only, which is enough.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
function matches(pattern: string, value: string): boolean {
  let [at, from] = [0, 0];
  let star: { readonly at: number; readonly from: number } | undefined;
  while (from < value.length) {
    if (pattern[at] === "*") {
      star = { at, from };
      at += 1;
    } else if (at < pattern.length && (pattern[at] === "?" || pattern[at] === value[from])) {
      at += 1;
      from += 1;
    } else if (star !== undefined) {
      star = { at: star.at, from: star.from + 1 };
      at = star.at + 1;
      from = star.from;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;
