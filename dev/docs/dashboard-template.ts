import { dashboardBody } from "../../constructs/dashboard";
import { literal } from "../../constructs/hcl-text";
import { alarmArn, alarmsOf } from "../../rules/alarms";
import { migrationNames } from "../../rules/migration-names";

/** Stands where the quota will, which is a number. */
const QUOTA = 4711;

/** What Terraform puts into the template, by name: references that no escaping may touch. */
const reference = (name: string): string => `<${name}>`;

/** `modules/destination/dashboard.json.tftpl`: the dashboard of the stacks, with names of variables in the place of values. */
export function dashboardTemplate(): string {
  const names = { ...migrationNames("x"), function: reference("function_name") };
  const userPool = {
    partition: reference("partition"),
    region: reference("region"),
    account: reference("account"),
  };
  const body = dashboardBody({
    functionName: names.function,
    logGroup: reference("log_group"),
    region: userPool.region,
    sourceUserPoolId: reference("source_user_pool_id"),
    userPoolId: reference("user_pool_id"),
    sourceSignInQuota: QUOTA,
    alarmArns: Object.values(alarmsOf({ names, sourceSignInQuota: QUOTA })).map((alarm) =>
      alarmArn({ userPool }, alarm),
    ),
  });
  return literal(JSON.stringify(body, undefined, 2))
    .replaceAll(/<([a-z_]+)>/g, (_, name: string) => `\${${name}}`)
    .replaceAll(String(QUOTA), () => `\${source_sign_in_quota}`)
    .concat("\n");
}
