/** Of the hashicorp/aws provider: major, minor, patch. */
type Version = readonly [number, number, number];

/** https://developer.hashicorp.com/terraform/language/expressions/version-constraints */
const PART = /^(=|!=|>=?|<=?|~>)?\s*([0-9]+(?:\.[0-9]+){0,2})$/;

/** One condition of a constraint. */
interface Part {
  readonly operator: string;
  /** As it is written: how many numbers there are counts. */
  readonly text: string;
}

const words = (constraint: string): string[] => constraint.split(",").map((part) => part.trim());

/** @param constraint One that {@link PART} takes each part of. */
const partsOf = (constraint: string): Part[] =>
  words(constraint).map((part) => {
    const [, operator = "=", text = ""] = PART.exec(part) ?? [];
    return { operator, text };
  });

/**
 * Whether it is one, and begins with a version that it takes. The command line of CDKTF holds the first version of the constraint against
 * `constraints` in the lock file, and else runs `terraform init -upgrade` at each deploy (cdktf-cli 0.21.0, checkNeedsUpgrade).
 */
export function isVersionConstraint(text: string): boolean {
  if (!words(text).every((part) => PART.test(part))) return false;
  const parts = partsOf(text);
  return parts.every((part) => takes(part, parsed(parts[0]?.text ?? "")));
}

/** Whether Terraform may come to use `version` or a later one: nothing in the constraint holds it below. */
export function allowsFrom(version: string, constraint: string): boolean {
  const wanted = parsed(version);
  return partsOf(constraint).every((part) => isAbove(part, wanted));
}

function takes({ operator, text }: Part, version: Version): boolean {
  const order = compare(version, parsed(text));
  if (operator === "=") return order === 0;
  if (operator === "!=") return order !== 0;
  if (operator === "~>") return order >= 0 && compare(version, endOf(text)) < 0;
  if (order === 0) return operator.endsWith("=");
  return operator.startsWith(">") === order > 0;
}

function isAbove({ operator, text }: Part, wanted: Version): boolean {
  const order = compare(parsed(text), wanted);
  if (operator === "=" || operator === "<=") return order >= 0;
  if (operator === "<") return order > 0;
  return operator !== "~>" || compare(endOf(text), wanted) > 0;
}

/** The first version that `~> text` does not take: only the last number that is written may grow. */
function endOf(text: string): Version {
  const [major, minor] = parsed(text);
  const length = text.split(".").length;
  if (length === 1) return [Infinity, 0, 0];
  return length === 2 ? [major + 1, 0, 0] : [major, minor + 1, 0];
}

function parsed(text: string): Version {
  const [major = 0, minor = 0, patch = 0] = text.split(".").map(Number);
  return [major, minor, patch];
}

const compare = (a: Version, b: Version): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];

interface Deployed {
  readonly partition: string;
  readonly runtime: string;
}

interface Limit {
  readonly since: string;
  /** Undefined: earlier releases deploy it, too. */
  readonly deploys: (deployed: Deployed) => string | undefined;
  /** The way out without a later provider. */
  readonly otherwise?: string;
}

/** What earlier releases refuse, some of it only when half of the stack is there. */
const LIMITS: readonly Limit[] = [
  {
    // https://github.com/hashicorp/terraform-provider-aws/issues/45894
    since: "6.29.0",
    deploys: ({ partition }) =>
      partition === "aws-eusc" ? "a function's permission in partition aws-eusc" : undefined,
  },
  {
    // https://github.com/hashicorp/terraform-provider-aws/issues/44986
    since: "6.19.0",
    deploys: ({ runtime }) => (runtime === "nodejs22.x" ? undefined : `a function with LAMBDA_RUNTIME=${runtime}`),
    otherwise: "set LAMBDA_RUNTIME=nodejs22.x",
  },
];

/**
 * What AWS_PROVIDER_VERSION would have to be, for each thing that nothing it allows can deploy. Which version Terraform takes of those
 * that it allows is not known before it runs; the provider then refuses a runtime that it does not know when it plans.
 */
export function neededVersions(constraint: string, deployed: Deployed): string[] {
  return LIMITS.flatMap(({ since, deploys, otherwise }) => {
    const what = deploys(deployed);
    if (what === undefined || allowsFrom(since, constraint)) return [];
    const needed = `a version constraint that takes ${since} or later, the first to deploy ${what}`;
    return [otherwise === undefined ? needed : `${needed}; or ${otherwise}`];
  });
}
