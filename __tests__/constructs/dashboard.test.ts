import type { DashboardBody, MetricWidget, Widget } from "../../constructs/dashboard-body";
import { logLine } from "../../handler/triggers/user-migration/log";
import { OUTCOMES } from "../../rules/outcome";
import { exists } from "../support/metrics";
import { BOTH } from "../support/settings";
import { resources, synthesized } from "../support/stacks";

const FUNCTION = "cognito_migration_customers";
const LOG_GROUP = "/aws/lambda/cognito_migration_customers";
/** What a line of the function's log may hold, as far as a query reads it. */
/** What the handler really writes, of a failure that left everything behind. */
const LOG_FIELDS = Object.keys(
  JSON.parse(
    logLine(
      {
        outcome: "throttled",
        functionName: "f",
        triggerSource: "",
        requestId: "",
        durationMs: 1,
        coldStart: true,
        calls: [],
        droppedAttributes: { a: "no_place" },
        tried: false,
        errorName: "TooManyRequestsException",
      },
      new Date(0),
    ),
  ),
);

const { destination } = synthesized({ ...BOTH, SOURCE_SIGN_IN_QUOTA: "40" });
const all = resources(destination);
const { dashboard_body: text, ...dashboard } = all["aws_cloudwatch_dashboard.dashboard"];
/** As Terraform hands it on: `$${` is its way to write `${`. */
const body = JSON.parse(text.replaceAll("$${", () => "${")) as DashboardBody;

const ofType = <Type extends Widget["type"]>(type: Type) =>
  body.widgets.filter((widget): widget is Extract<Widget, { type: Type }> => widget.type === type);
const graph = (title: string): MetricWidget => {
  const found = ofType("metric").find((widget) => widget.properties.title.startsWith(title));
  if (found === undefined) throw new Error(`no graph ${title}`);
  return found;
};
const rows = ofType("metric").flatMap(({ properties: { metrics } }) => [...metrics]);

test("one dashboard, under the function's name", () => {
  expect(dashboard).toEqual({ provider: "aws.destination", dashboard_name: FUNCTION });
});

test("Terraform finds no reference of its own in it", () => {
  expect(text).toContain("$${PROP('Dim.Reason')}");
  expect(text.replaceAll("$${", "")).not.toMatch(/[$%]\{/);
});

test("its address is an output", () => {
  const url = (env: Record<string, string>) => synthesized(env).destination.output.dashboard_url.value;
  expect(url(BOTH)).toBe(
    `https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#dashboards/dashboard/${FUNCTION}`,
  );
  const CHINA = {
    USER_POOL_NAME: "customers",
    SOURCE_USER_POOL_ID: "cn-north-1_Source001",
    DESTINATION_USER_POOL_ARN: "arn:aws-cn:cognito-idp:cn-north-1:222222222222:userpool/cn-north-1_Dest0001",
  };
  expect(url(CHINA)).toMatch(/^https:\/\/cn-north-1\.console\.amazonaws\.cn\//);
});

describe("the grid", () => {
  test("every widget lies on its 24 columns", () => {
    for (const { x, y, width, height } of body.widgets) {
      for (const side of [x, y, width, height]) expect(Number.isInteger(side)).toBe(true);
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(Math.min(width, height)).toBeGreaterThan(0);
      expect(x + width).toBeLessThanOrEqual(24);
    }
  });

  test("no two widgets overlap, and none leaves a hole", () => {
    const cells = body.widgets.flatMap(({ x, y, width, height }) =>
      Array.from({ length: width * height }, (_, n) => `${x + (n % width)},${y + Math.floor(n / width)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(cells.length).toBe(24 * Math.max(...body.widgets.map(({ y, height }) => y + height)));
  });
});

describe("the metrics", () => {
  test("exist, and are this function's", () => {
    const metrics = rows.filter((row) => typeof row[0] === "string") as [string, string, string, string, object][];
    expect(metrics.length).toBeGreaterThan(10);
    for (const [namespace, metric, dimension, value] of metrics)
      expect([metric, exists(namespace, metric, { [dimension]: value }, FUNCTION)]).toEqual([metric, true]);
  });

  test("are searched by reason within this function only", () => {
    const searches = rows.flatMap((row) => (typeof row[0] === "object" ? [row[0].expression] : []));
    expect(searches.filter((expression) => expression.startsWith("SEARCH"))).toEqual(
      ["Refused", "Failed"].map(
        (metric) =>
          `SEARCH('{CognitoMigration,FunctionName,Reason} MetricName="${metric}" FunctionName="${FUNCTION}"', 'Sum', 3600)`,
      ),
    );
  });

  test("of an expression stand beside it, by their ids", () => {
    const computed = ofType("metric").flatMap(({ properties: { metrics } }) => {
      const ids = metrics.flatMap((row) => (row.length > 1 ? [row[4]?.id] : []));
      const expressions = metrics.flatMap((row) => (row.length === 1 ? [row[0].expression] : []));
      return expressions.filter((text) => !text.startsWith("SEARCH")).map((text) => ({ text, ids }));
    });
    expect(computed.map(({ text }) => text)).toEqual(["100 * cold", "sent / PERIOD(sent)"]);
    for (const { text, ids } of computed)
      for (const [id] of text.matchAll(/\b[a-z]\w*/g)) expect([text, ids.includes(id)]).toEqual([text, true]);
  });

  test("are within CloudWatch's limits", () => {
    expect(body.widgets.length).toBeLessThanOrEqual(500);
    expect(rows.length).toBeLessThanOrEqual(2500);
    for (const row of rows) if (typeof row[0] === "object") expect(row[0].expression.length).toBeLessThanOrEqual(1024);
    // No limit is documented for the whole; PutMetricAlarm's is 120 KB.
    expect(Buffer.byteLength(text)).toBeLessThan(20_000);
  });
});

test("every alarm, and no other, is in the alarm widget", () => {
  const alarms = Object.entries(all).filter(([address]) => address.startsWith("aws_cloudwatch_metric_alarm."));
  const [widget, ...others] = ofType("alarm");
  expect(others).toEqual([]);
  expect([...(widget?.properties.alarms ?? [])].sort()).toEqual(
    alarms.map(([, { alarm_name }]) => `arn:aws:cloudwatch:eu-central-1:222222222222:alarm:${alarm_name}`).sort(),
  );
});

test("the lines to stay below are the deadline and the quota that was set", () => {
  const line = (title: string) => graph(title).properties.annotations?.horizontal;
  expect(line("How long users wait")).toMatchObject([{ value: 4700 }]);
  expect(line("Sign-ins at the source")).toMatchObject([{ value: 40 }]);
});

describe("the log queries", () => {
  const queries = ofType("log").map(({ properties }) => properties.query);

  test("read the function's log group and nothing else", () => {
    expect(queries).toHaveLength(2);
    for (const query of queries) expect(query.match(/SOURCE '[^']*'/g)).toEqual([`SOURCE '${LOG_GROUP}'`]);
  });

  test("read fields that the log has", () => {
    const aliases = ["line", "attribute", "users", "times", "count"];
    const commands =
      /\b(SOURCE|filter|ispresent|fields|jsonParse|message|as|unnest|into|stats|by|sort|desc|limit|or|in)\b/;
    for (const query of queries) {
      const words = query.replaceAll(/'[^']*'|"[^"]*"/g, "").match(/[a-zA-Z_]+/g) ?? [];
      const unknown = words.filter((word) => !commands.test(word) && ![...aliases, ...LOG_FIELDS].includes(word));
      expect(unknown).toEqual([]);
    }
  });

  test("look for levels that the log has, and for all that are more than everyday", () => {
    const levels = queries.flatMap((query) => [
      ...(/level in \[([^\]]*)\]/.exec(query)?.[1]?.matchAll(/"(\w+)"/g) ?? []),
    ]);
    const logged = new Set<string>(Object.values(OUTCOMES).map(({ level }) => level));
    logged.delete("INFO");
    expect(new Set(levels.map(([, level]) => level))).toEqual(logged);
  });

  test("ask for nothing that a user typed", () => {
    for (const query of queries) expect(query).not.toMatch(/user_?name|email|phone|user\b(?!s)/i);
  });
});

test("it says which pools it is about", () => {
  expect(ofType("text")[0]?.properties.markdown).toContain("from `eu-west-1_Source001` to `eu-central-1_Dest0001`");
});
