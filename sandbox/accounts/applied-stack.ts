import { randomUUID } from "node:crypto";
import type { PolicyDocument } from "../../rules/policies";
import type { Role } from "../aws/sts";
import { resolveReferences } from "./references";

/** One stack's cdk.tf.json. */
export interface SynthesizedStack {
  readonly directory: string;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>;
  /** Data sources. */
  readonly data?: SynthesizedStack["resource"];
  readonly output: Readonly<Record<string, { readonly value: string }>>;
}

export type Resource = Readonly<Record<string, unknown>>;
export type Applied = ReturnType<typeof applied>;

/** A stack with its references resolved: the role's own first, then from `values`, then what the stack itself says. */
export function applied(
  synthesized: SynthesizedStack,
  { account, userPoolArn }: { readonly account: string; readonly userPoolArn: string },
  values: Readonly<Record<string, string>>,
) {
  const kept = (synthesized.resource["terraform_data"]?.["identity"]?.["input"] ?? {}) as Readonly<
    Record<string, unknown>
  >;
  const idsOf = (type: string, like: Readonly<Record<string, unknown>> = {}): string[] =>
    Object.entries(synthesized.resource[type] ?? {})
      .filter(([, resource]) => Object.entries(like).every(([name, value]) => resource[name] === value))
      .map(([id]) => id);
  const partition = partitionIn(userPoolArn);
  const named = (type: string, attribute: string, before: string): (readonly [string, string])[] =>
    idsOf(type).map(
      (id) => [`${type}.${id}.arn`, `${before}${synthesized.resource[type]?.[id]?.[attribute]}`] as const,
    );
  const region = userPoolArn.split(":")[3] ?? "";
  const all = new Map<string, string>([
    ...Object.entries(values),
    ...named("aws_iam_role", "name", `arn:${partition}:iam::${account}:role/`),
    ...named("aws_lambda_function", "function_name", `arn:${partition}:lambda:${region}:${account}:function:`),
    ...named("aws_cloudwatch_log_group", "name", `arn:${partition}:logs:${region}:${account}:log-group:`),
    ["terraform_data.identity.output.migration", String(kept["migration"])],
  ]);
  const lookup = (expression: string): string | undefined => {
    const random = all.has(expression) ? "" : randomIn(synthesized, expression);
    if (random !== "") all.set(expression, random);
    return all.get(expression) ?? own(synthesized, expression);
  };
  const find = (type: string, name: string): Resource => {
    const resource = synthesized.resource[type]?.[name];
    if (resource === undefined) throw new Error(`stack ${synthesized.directory} has no ${type}.${name}`);
    // Both are computed from the pool's schema.
    const { lifecycle: _, write_attributes: __, ...plain } = resource;
    return resolveReferences(plain, lookup);
  };
  /** With every policy that is put on it, so that one more than expected shows. */
  const roleOf = (id: string): Role => ({
    arn: all.get(`aws_iam_role.${id}.arn`) ?? "",
    account,
    trustPolicy: policy(find("aws_iam_role", id)["assume_role_policy"]),
    permissions: idsOf("aws_iam_role_policy", { role: `\${aws_iam_role.${id}.name}` }).map((name) =>
      policy(find("aws_iam_role_policy", name)["policy"]),
    ),
  });
  // Without what is asked before: nothing was applied here before.
  const outputs = Object.entries(synthesized.output).map(([name, { value }]) => [name, { value }]);
  const output = resolveReferences<SynthesizedStack["output"]>(Object.fromEntries(outputs), lookup);
  return { stack: { ...synthesized, output }, roleOf, find, idsOf };
}

/** A key that Terraform makes, and keeps in what replaces the resource: as many of them as it says. */
function randomIn({ resource }: SynthesizedStack, expression: string): string {
  const [, id = "", name = ""] = /^terraform_data\.([\w-]+)\.triggers_replace\.([\w-]+)$/.exec(expression) ?? [];
  const values = resource["terraform_data"]?.[id]?.["triggers_replace"] as
    | Readonly<Record<string, unknown>>
    | undefined;
  return [...String(values?.[name]).matchAll(/uuid\(\)/g)].map(() => randomUUID()).join("");
}

/** An attribute of a resource that refers to nothing else: `type.name.attribute`. */
function own({ resource }: SynthesizedStack, expression: string): string | undefined {
  const [type = "", name = "", attribute = ""] = expression.split(".");
  const value = resource[type]?.[name]?.[attribute];
  return typeof value === "string" && !value.includes("${") ? value : undefined;
}

function policy(text: unknown): PolicyDocument {
  return JSON.parse(String(text)) as PolicyDocument;
}

export const partitionIn = (arn: string): string => arn.split(":")[1] ?? "";
