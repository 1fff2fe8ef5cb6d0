import { DataResource, TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { literal } from "./hcl-text";

/**
 * Keeps in the state what it is of, as it was when it was made, and refuses every plan for anything else: under another name, or for
 * another user pool, Terraform would replace what users sign in through. It looks at that when it plans, not when it destroys.
 * https://developer.hashicorp.com/terraform/language/expressions/custom-conditions#preconditions-and-postconditions
 *
 * @param what In the message: what is of a migration, and what each migration has for itself.
 */
export function keepIdentity(
  scope: Construct,
  { migration, userPoolId }: { readonly migration: string; readonly userPoolId: string },
  what = { name: "This state", own: "state" },
): void {
  const kept = new DataResource(scope, "identity", {
    input: { migration, user_pool_id: userPoolId },
    lifecycle: { ignoreChanges: ["input"] },
  });
  const was = (member: string): string => `${kept.fqn}.output.${member}`;
  const output = new TerraformOutput(scope, "migration", {
    value: kept.interpolationForAttribute("output.migration"),
    description: "USER_POOL_NAME of this migration",
  });
  // cdktf 0.21 has no property for it.
  output.addOverride("precondition", [
    {
      condition: `\${${was("migration")} == "${migration}" && ${was("user_pool_id")} == "${userPoolId}"}`,
      error_message:
        `${literal(what.name)} is of migration \${${was("migration")}} and user pool \${${was("user_pool_id")}}; the settings say ${migration} and ${userPoolId}. ` +
        `A deploy would replace what users of the former sign in through. Give every migration a USER_POOL_NAME and a ${what.own} of its own; to give a migration up, ` +
        "destroy it first, with the settings that it has.",
    },
  ]);
}
