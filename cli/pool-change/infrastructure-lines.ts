import { isObject, type Json, type JsonObject } from "../aws/json";
import { byTarget, type Change, type Snapshot } from "./change";
import { withChanges } from "./plan";
import { triggerOf } from "./triggers";

export const PRINTED = ["terraform", "cdk", "cloudformation"] as const;
export type Printed = (typeof PRINTED)[number];

/** What the definition of a resource has to say so that the next deploy does not take the change back. */
interface Resource {
  readonly kind: Change["target"]["kind"];
  readonly id: string;
  /** Logical name, made of the resource's own. */
  readonly name: string;
  readonly changes: readonly Change[];
}

/** @returns text that the tool can read as it is. Resources that a command leaves alone are in it, too. */
export function linesFor(printed: Printed, { userPool }: Snapshot, changes: readonly Change[]): string {
  const targets = byTarget(changes);
  const resources = targets.map(([target, own]): Resource => {
    const namesakes = targets.filter(([other]) => other.kind === target.kind && other.name === target.name);
    const isPlain = words(target.name).length > 0 && namesakes.length === 1;
    return { kind: target.kind, id: target.id, name: isPlain ? target.name : target.id, changes: own };
  });
  if (printed === "terraform") return resources.map(hcl).join("\n\n");
  if (printed === "cdk") return resources.map(cdk).join("\n\n");
  return JSON.stringify(
    {
      Resources: Object.fromEntries(
        resources.map((one) => [pascalCase(one.name) + suffix(one), cloudFormation(one, userPool)]),
      ),
    },
    undefined,
    2,
  );
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cognito_user_pool */
function hcl({ kind, id, name, changes }: Resource): string {
  const lines = changes.map(hclLine);
  const label = name.replaceAll(/[^A-Za-z0-9_-]/g, "_").replace(/^(?=[\d-])/, "_");
  if (kind === "user-pool")
    return `# To the resource of user pool ${id}, beside its other triggers.
resource "aws_cognito_user_pool" "${label}" {
  lambda_config {
    ${lines.join("\n    ")}
  }
}`;
  return `# To the resource of app client ${id}.
resource "aws_cognito_user_pool_client" "${label}" {
  ${lines.join("\n  ")}
}`;
}

function hclLine({ path, after }: Change): string {
  const trigger = triggerOf({ path });
  const versioned = trigger?.versioned;
  const key =
    versioned !== undefined && path.includes(versioned.lambdaConfigKey)
      ? versioned.terraformKey
      : (trigger?.terraformKey ?? "explicit_auth_flows");
  if (after === null)
    return versioned === undefined ? `# No ${key} any more.` : `# No ${key} any more. ${NOT_TAKEN_OFF}`;
  if (!isObject(after)) return `${key} = ${inline(after)}`;
  const { LambdaArn = null, LambdaVersion = null } = after;
  return [
    `${key} {`,
    `      lambda_arn     = ${inline(LambdaArn)}`,
    `      lambda_version = ${inline(LambdaVersion)}`,
    "    }",
  ].join("\n");
}

/** The provider keeps what it has read where the code says nothing: https://github.com/hashicorp/terraform-provider-aws/issues/45529 */
const NOT_TAKEN_OFF =
  "Terraform leaves it on the pool all the same (hashicorp/terraform-provider-aws issue 45529): the command takes it off.";

/** https://docs.aws.amazon.com/cdk/v2/guide/cfn-layer.html */
function cdk({ kind, id, name, changes }: Resource): string {
  const [type, called] = kind === "user-pool" ? ["CfnUserPool", "user pool"] : ["CfnUserPoolClient", "app client"];
  const variable = camelCase(name) + (kind === "user-pool" ? "UserPool" : "Client");
  const calls = changes.map(({ path, after }) => {
    const property = path.join(".");
    return after === null
      ? `addPropertyDeletionOverride("${property}")`
      : `addPropertyOverride("${property}", ${inline(after)})`;
  });
  return [
    `// ${variable}: the construct of ${called} ${id}.`,
    ...calls.map((call) => `(${variable}.node.defaultChild as ${type}).${call};`),
  ].join("\n");
}

/**
 * With the pool's other triggers: a list of them that is not whole would take them off.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpool.html
 */
function cloudFormation({ kind, changes }: Resource, userPool: JsonObject): Json {
  if (kind === "app-client") return { Type: "AWS::Cognito::UserPoolClient", Properties: withChanges({}, changes) };
  const { LambdaConfig = {} } = withChanges(userPool, changes);
  return { Type: "AWS::Cognito::UserPool", Properties: { LambdaConfig } };
}

/**
 * Says that whatever else manages the pool takes the change back, and how to prevent it.
 *
 * @param command One that prints lines; without it the operator has to know what stood in the definition.
 */
export function driftText({ userPool }: Snapshot, command?: string): string {
  const tags = userPool["UserPoolTags"];
  const stack = isObject(tags) ? tags["aws:cloudformation:stack-name"] : undefined;
  const manager =
    stack === undefined
      ? "If Terraform, the CDK or CloudFormation manages this pool, its"
      : `CloudFormation stack ${stack} manages this pool: its`;
  const advice =
    command === undefined
      ? "Revert it in that code, too."
      : `Add the change to its code: ${command} with the same options and --print (${PRINTED.join(", ")}) prints the lines.`;
  return `Note: ${manager} next deploy will revert this. ${advice}`;
}

const words = (name: string): string[] => name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
const pascalCase = (name: string): string =>
  words(name)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
const camelCase = (name: string): string => {
  const pascal = pascalCase(name).replace(/^(?=\d)/, "_");
  return pascal.charAt(0).toLowerCase() + pascal.slice(1);
};
const suffix = ({ kind }: Resource): string => (kind === "user-pool" ? "UserPool" : "Client");
const inline = (value: Json): string => JSON.stringify(value).replaceAll('","', '", "');
