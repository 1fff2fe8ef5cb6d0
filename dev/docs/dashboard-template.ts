import { dashboardBody } from "../../constructs/dashboard";
import { literal } from "../../constructs/hcl-text";
import { alarmArn, alarmsOf } from "../../rules/alarms";
import { migrationNames } from "../../rules/migration-names";

/** Stands where the quota will, which is a number. */
const QUOTA = 4711;

/** Around what is there only with the token function. */
const [IF_TOKEN, END_TOKEN] = ["<<if", "end>>"];
/** Within that, around what is there only with GROUPS_OR_REFUSE. */
const [IF_DEMANDED, END_DEMANDED] = ["<<demanded", "end demanded>>"];

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
  const migration = { names, sourceSignInQuota: QUOTA };
  const always = alarmsOf(migration);
  const token = { ...migration, migrationStamp: "on", groupsMode: "token+member" } as const;
  const withToken = alarmsOf(token);
  const arns = (alarms: typeof always, but: typeof always): string[] =>
    Object.entries(alarms).flatMap(([id, alarm]) => (id in but ? [] : alarmArn({ userPool }, alarm)));
  const body = dashboardBody({
    functionName: names.function,
    logGroup: reference("log_group"),
    region: userPool.region,
    sourceUserPoolId: reference("source_user_pool_id"),
    userPoolId: reference("user_pool_id"),
    sourceSignInQuota: QUOTA,
    alarmArns: [
      ...arns(always, {}),
      IF_TOKEN,
      ...arns(withToken, always),
      IF_DEMANDED,
      ...arns(alarmsOf({ ...token, groupsOrRefuse: ["one"] }), withToken),
      END_DEMANDED,
      END_TOKEN,
    ],
  });
  return (
    literal(JSON.stringify(body, undefined, 2))
      .replaceAll(/<([a-z_]+)>/g, (_, name: string) => `\${${name}}`)
      .replaceAll(String(QUOTA), () => `\${source_sign_in_quota}`)
      // With the comma before the first of them, and without the one after the last.
      .replace(new RegExp(`,\\s*"${IF_TOKEN}",`), () => "%{ if has_token_function },")
      .replace(new RegExp(`,\\s*"${IF_DEMANDED}",`), () => "%{ if demands_membership },")
      .replace(new RegExp(`,\\s*"${END_DEMANDED}"`), () => "%{ endif }")
      .replace(new RegExp(`,\\s*"${END_TOKEN}"`), () => "%{ endif }")
      .concat("\n")
  );
}
