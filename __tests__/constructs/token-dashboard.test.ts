import type { DashboardBody, MetricRow, MetricWidget } from "../../constructs/dashboard-body";
import { dashboardTemplate } from "../../dev/docs/dashboard-template";
import { TOKEN_METRICS } from "../../rules/token-metrics";
import { BOTH } from "../support/settings";
import { resources, synthesized } from "../support/stacks";

const TOKEN = "cognito_migration_token_customers";
const WITH_TOKEN = {
  ...BOTH,
  MIGRATION_STAMP: "on",
  STAMP_KEY_READABLE: "accept",
  GROUPS_MODE: "token",
  GROUPS: "editors",
};
const bodyOf = (settings: Record<string, string>): DashboardBody => {
  const { dashboard_body: text } = resources(synthesized(settings).destination)["aws_cloudwatch_dashboard.dashboard"];
  return JSON.parse(text.replaceAll("$${", () => "${"));
};
const plain = bodyOf(BOTH).widgets;
const { widgets } = bodyOf(WITH_TOKEN);
const isAlarms = ({ type }: { readonly type: string }): boolean => type === "alarm";

test("what there is without a token function stays where it is, and what is more lies below", () => {
  const { length } = plain;
  expect(widgets.slice(0, length).filter((widget) => !isAlarms(widget))).toEqual(
    plain.filter((widget) => !isAlarms(widget)),
  );
  const bottom = Math.max(...plain.map(({ y, height }) => y + height));
  expect(widgets.slice(length).map(({ x, y, width }) => [x, y, width])).toEqual([
    [0, bottom, 12],
    [12, bottom, 12],
  ]);
});

test("its graphs show the token function's metrics alone, but for stamps that prove nothing, which are everyday", () => {
  const rows = (widgets.slice(plain.length) as MetricWidget[]).flatMap(({ properties }) => [...properties.metrics]);
  const shown = (rows as MetricRow[]).map(([namespace, metric, dimension, name]) => [
    namespace,
    metric,
    dimension,
    name,
  ]);
  const own = Object.keys(TOKEN_METRICS).filter((name) => name !== "StampsRefused");
  const expected = [
    ...own.map((name) => ["CognitoMigration", name, "FunctionName", TOKEN]),
    ...["Errors", "Throttles", "Duration"].map((name) => ["AWS/Lambda", name, "FunctionName", TOKEN]),
  ];
  expect(shown.sort()).toEqual(expected.sort());
});

test("its alarms ring on the dashboard, too", () => {
  const arns = JSON.stringify(widgets.filter(isAlarms));
  for (const id of ["errors", "throttles", "slow", "failed"]) expect(arns).toContain(`-token-${id}"`);
});

/**
 * What Terraform's `templatefile` makes of what is used here, the innermost condition first.
 * https://developer.hashicorp.com/terraform/language/expressions/strings#string-templates
 */
function rendered(template: string, holds: readonly string[], variables: Readonly<Record<string, string>>): string {
  const innermost = /%\{ if (\w+) \}((?:(?!%\{ if).)*?)%\{ endif \}/gs;
  let text = template;
  for (let before = ""; before !== text; ) {
    before = text;
    text = text.replaceAll(innermost, (_, condition: string, inside: string) =>
      holds.includes(condition) ? inside : "",
    );
  }
  return text
    .replaceAll(/(?<!\$)\$\{([a-z_]+)\}/g, (_, name: string) => variables[name] ?? `no ${name}`)
    .replaceAll("$${", () => "${");
}

test.each([
  ["without a token function", BOTH, []],
  ["with one", WITH_TOKEN, ["has_token_function"]],
  [
    "with groups that are demanded",
    { ...WITH_TOKEN, GROUPS_MODE: "token+member", GROUPS_OR_REFUSE: "editors" },
    ["has_token_function", "demands_membership"],
  ],
])("the module's dashboard is that of the stacks %s", (_, settings, holds) => {
  const variables = {
    function_name: "cognito_migration_customers",
    token_function_name: TOKEN,
    log_group: "/aws/lambda/cognito_migration_customers",
    partition: "aws",
    region: "eu-central-1",
    account: "222222222222",
    source_user_pool_id: BOTH.SOURCE_USER_POOL_ID,
    user_pool_id: BOTH.DESTINATION_USER_POOL_ARN.replace(/.*\//, ""),
    source_sign_in_quota: "120",
  };
  expect(JSON.parse(rendered(dashboardTemplate(), holds, variables))).toEqual(bodyOf(settings));
});
