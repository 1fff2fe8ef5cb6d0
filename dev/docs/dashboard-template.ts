import { dashboardBody } from "../../constructs/dashboard";
import type { DashboardBody } from "../../constructs/dashboard-body";
import { literal } from "../../constructs/hcl-text";
import { alarmArn, alarmsOf } from "../../rules/alarms";
import { migrationNames } from "../../rules/migration-names";

/** Stands where the quota will, which is a number. */
const QUOTA = 4711;

/** Around what is there only with the token function. */
const [IF_TOKEN, END_TOKEN] = ["<<if", "end>>"];

/** What Terraform puts into the template, by name: references that no escaping may touch. */
const reference = (name: string): string => `<${name}>`;

type Alarms = ReturnType<typeof alarmsOf>;

/** `modules/destination/dashboard.json.tftpl`: the dashboard of the stacks, with names of variables in the place of values. */
export function dashboardTemplate(): string {
  const names = { ...migrationNames("x"), function: reference("function_name") };
  const userPool = {
    partition: reference("partition"),
    region: reference("region"),
    account: reference("account"),
  };
  const migration = { names, sourceSignInQuota: QUOTA };
  const bodyOf = (alarms: Alarms, tokenFunctionName?: string): DashboardBody =>
    dashboardBody({
      functionName: names.function,
      logGroup: reference("log_group"),
      region: userPool.region,
      sourceUserPoolId: reference("source_user_pool_id"),
      userPoolId: reference("user_pool_id"),
      sourceSignInQuota: QUOTA,
      alarmArns: Object.values(alarms).map((alarm) => alarmArn({ userPool }, alarm)),
      tokenFunctionName,
    });
  const without = bodyOf(alarmsOf(migration));
  const withToken = bodyOf(
    alarmsOf({ ...migration, migrationStamp: "on", groupsMode: "token" }),
    reference("token_function_name"),
  );
  return (
    literal(JSON.stringify(both(without, withToken), undefined, 2))
      .replaceAll(/<([a-z_]+)>/g, (_, name: string) => `\${${name}}`)
      .replaceAll(String(QUOTA), () => `\${source_sign_in_quota}`)
      // With the comma before the first of them, and without the one after the last.
      .replaceAll(new RegExp(`,\\s*"${IF_TOKEN}",`, "g"), () => "%{ if has_token_function },")
      .replaceAll(new RegExp(`,\\s*"${END_TOKEN}"`, "g"), () => "%{ endif }")
      .concat("\n")
  );
}

/** One of both: what only the second has stands between marks, at the end of its list. @throws where it stands elsewhere. */
function both(one: unknown, other: unknown): unknown {
  if (Array.isArray(one) && Array.isArray(other)) {
    const common = one.map((item, at) => both(item, other[at]));
    return other.length === one.length ? common : [...common, IF_TOKEN, ...other.slice(one.length), END_TOKEN];
  }
  if (typeof one === "object" && typeof other === "object" && one !== null && other !== null) {
    const [names, its] = [Object.keys(one), Object.keys(other)];
    if (names.join() !== its.join()) throw new Error(`${its} are not ${names}: no mark can stand between them`);
    return Object.fromEntries(names.map((name) => [name, both((one as Json)[name], (other as Json)[name])] as const));
  }
  if (one !== other) throw new Error(`${JSON.stringify(other)} is not ${JSON.stringify(one)}, with the token function`);
  return one;
}

type Json = Readonly<Record<string, unknown>>;
