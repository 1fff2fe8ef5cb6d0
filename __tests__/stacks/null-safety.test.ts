import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { getExpressionAst } from "@cdktf/hcl2json";
import { parse as parseDotenv } from "dotenv";
import type { Environment } from "../../config/settings";
import { BOTH, CLOUD, edited, S3 } from "../support/settings";
import { type Json, synthesized } from "../support/stacks";

/** One node of HCL's own syntax tree. */
interface Node {
  readonly type: string;
  readonly meta: {
    readonly name?: string;
    readonly fullAccessor?: string;
    readonly valVar?: string;
    readonly value: string;
  };
  readonly children: readonly Node[];
}

/**
 * What every answer of DescribeUserPool has. All else may be missing there, and Terraform has null for it.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolType.html
 */
const ALWAYS_THERE = /^data\.aws_cognito_user_pool\.user-pool\.(arn|id|user_pool_id)$/;
const ALWAYS_IN_AN_ATTRIBUTE = ["name", "attribute_data_type"];

/** Functions that look whether there is an error at all. */
const FORGIVING = ["try", "can"];

const READS_A_POOL = /data\.aws_cognito_user_pool\./;

/** What of an expression breaks when AWS leaves something out, as text. */
async function bareIn(expression: string): Promise<string[]> {
  // A heredoc takes the text as it is in JSON: quotes outside of an expression mean nothing.
  const root = (await getExpressionAst("main.tf", `<<TEXT\n${expression}\nTEXT\n`)) as unknown as Node;
  const found: string[] = [];
  const visit = (node: Node, ancestors: readonly Node[], elements: readonly string[]): void => {
    const path = node.type === "scopeTraversal" ? (node.meta.fullAccessor ?? "") : undefined;
    if (path !== undefined && mayBeNull(path, elements) && !isGuarded(node, ancestors)) found.push(path);
    const own = node.type === "for" && READS_A_POOL.test(node.meta.value) ? [node.meta.valVar ?? ""] : [];
    for (const child of node.children) visit(child, [node, ...ancestors], [...elements, ...own]);
  };
  visit(root, [], []);
  return found;
}

function mayBeNull(path: string, elements: readonly string[]): boolean {
  if (READS_A_POOL.test(path)) return !ALWAYS_THERE.test(path);
  const [variable = "", ...attributes] = path.split(/[.[]/);
  return elements.includes(variable) && attributes.length > 0 && !ALWAYS_IN_AN_ATTRIBUTE.includes(attributes.join("."));
}

/** `coalesce(value, otherwise)`, where the last word is written out, or anything within `try` and `can`. */
function isGuarded(node: Node, [parent, ...ancestors]: readonly Node[]): boolean {
  if (parent === undefined) return false;
  if (parent.type === "function" && FORGIVING.includes(parent.meta.name ?? "")) return true;
  const last = parent.children.at(-1);
  if (parent.type === "function" && parent.meta.name === "coalesce" && last !== node && isWrittenOut(last)) return true;
  return ancestors.some(({ type, meta }) => type === "function" && FORGIVING.includes(meta.name ?? ""));
}

const isWrittenOut = (node: Node | undefined): boolean =>
  node !== undefined && ["literalValue", "template", "tuple"].includes(node.type);

function stringsIn(value: Json): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

const EXAMPLES = resolve(__dirname, "../../examples");
const examples = readdirSync(EXAMPLES, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith("settings.env"))
  .map((path) => [path, parseDotenv(edited(readFileSync(join(EXAMPLES, path), "utf8")))] as const);

const EVERY_RULE = {
  ...BOTH,
  MFA_POLICY: "sms",
  ATTRIBUTE_EXCLUDE: "nickname,custom:legacy",
  ATTRIBUTE_MAP: "sub=custom:source_sub,custom:tier=custom:plan",
  DESTINATION_ALIAS_ATTRIBUTES: "email",
};

test.each<readonly [string, Environment]>([
  ...examples,
  ["the least", BOTH],
  ["every rule", EVERY_RULE],
  ["state in S3", { ...EVERY_RULE, ...S3 }],
  ["state in HCP Terraform", { ...EVERY_RULE, ...CLOUD }],
  [
    "no shared state",
    {
      ...EVERY_RULE,
      SOURCE_ROLE_ARN: "arn:aws:iam::111111111111:role/x",
      SOURCE_APP_CLIENT_ID: "1example",
      SOURCE_USERNAME_ATTRIBUTES: "none",
    },
  ],
])("%s: no expression breaks on what AWS may leave out of a user pool", async (_, settings) => {
  const expressions = Object.values(synthesized(settings)).flatMap((stack) => stringsIn(stack));
  const reading = expressions.filter((text) => READS_A_POOL.test(text) && text.includes("${"));
  expect(reading.length).toBeGreaterThan(5);
  for (const expression of reading) expect([expression, await bareIn(expression)]).toEqual([expression, []]);
});

/** The judge has to be seen to judge. */
const POOL = "data.aws_cognito_user_pool.user-pool";
test.each([
  [`\${${POOL}.mfa_configuration}`, 1],
  [`\${${POOL}.mfa_configuration != "OFF"}`, 1],
  [`\${coalesce(${POOL}.mfa_configuration, "ON")}`, 0],
  [`\${coalesce(${POOL}.mfa_configuration)}`, 1],
  [`\${coalesce("ON", ${POOL}.mfa_configuration)}`, 1],
  [`\${length(${POOL}.username_attributes) == 0 ? "none" : join(",", sort(${POOL}.username_attributes))}`, 2],
  [`\${try(length(${POOL}.username_attributes), 0)}`, 0],
  [`\${sort(coalesce(${POOL}.username_attributes, []))}`, 0],
  [`\${[for a in ${POOL}.schema_attributes : a.name]}`, 1],
  [`\${[for a in coalesce(${POOL}.schema_attributes, []) : a.name if !a.developer_only_attribute]}`, 1],
  [`\${[for a in coalesce(${POOL}.schema_attributes, []) : a.name if coalesce(a.required, false)]}`, 0],
  [`\${{for k, v in {for a in coalesce(${POOL}.schema_attributes, []) : a.required => a.name...} : k => sort(v)}}`, 1],
  [`a \${${POOL}.arn} b`, 0],
  [`a \${${POOL}.name} b`, 1],
])("of %s it finds %i to be bare", async (expression, count) => {
  expect(await bareIn(expression)).toHaveLength(count);
});
