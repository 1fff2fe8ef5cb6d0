import { dashboardBody } from "../../constructs/dashboard";
import type { DashboardBody } from "../../constructs/dashboard-body";
import { literal } from "../../constructs/hcl-text";
import { alarmArn, alarmsOf } from "../../rules/alarms";
import { migrationNames } from "../../rules/migration-names";

/** Stands where the quota will, which is a number. */
const QUOTA = 4711;

/** Around what is there only on a condition, which is a variable of the template. */
const begin = (condition: string): string => `<<if ${condition}`;
const END = "end>>";

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
  const token = { ...migration, migrationStamp: "on", groupsMode: "token+member" } as const;
  const [withToken, demanding] = [token, { ...token, groupsOrRefuse: ["one"] }].map((one) =>
    bodyOf(alarmsOf(one), reference("token_function_name")),
  );
  const body = both(without, both(withToken, demanding, "demands_membership"), "has_token_function");
  return (
    literal(JSON.stringify(body, undefined, 2))
      .replaceAll(/<([a-z_]+)>/g, (_, name: string) => `\${${name}}`)
      .replaceAll(String(QUOTA), () => `\${source_sign_in_quota}`)
      // With the comma before the first of them, and without the one after the last.
      .replaceAll(/,\s*"<<if (\w+)",/g, (_, condition: string) => `%{ if ${condition} },`)
      .replaceAll(new RegExp(`,\\s*"${END}"`, "g"), () => "%{ endif }")
      .concat("\n")
  );
}

/** One of both: what only the second has stands between marks, at the end of its list. @throws where it stands elsewhere. */
function both(one: unknown, other: unknown, condition: string): unknown {
  if (Array.isArray(one) && Array.isArray(other)) {
    const common = one.map((item, at) => both(item, other[at], condition));
    return other.length === one.length ? common : [...common, begin(condition), ...other.slice(one.length), END];
  }
  if (typeof one === "object" && typeof other === "object" && one !== null && other !== null) {
    const [names, its] = [Object.keys(one), Object.keys(other)];
    if (names.join() !== its.join()) throw new Error(`${its} are not ${names}: no mark can stand between them`);
    const member = (of: object, name: string): unknown => (of as Json)[name];
    return Object.fromEntries(names.map((name) => [name, both(member(one, name), member(other, name), condition)]));
  }
  if (one !== other) throw new Error(`${JSON.stringify(other)} is not ${JSON.stringify(one)}, with ${condition}`);
  return one;
}

type Json = Readonly<Record<string, unknown>>;
