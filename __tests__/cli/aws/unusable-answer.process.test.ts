import { EVERY_CLIENT_SETTING, EVERY_SETTING, refill } from "../../support/full-pool";
import { type InBetween, type Page, standBefore } from "../../support/in-between";
import { type Operator, openOperator } from "../../support/operator";
import { openTwoPools, type TwoPools } from "../../support/operator-without-stacks";

const PAGE = "<!DOCTYPE html><html><head><title>canary</title></head><body>Sign in to the network</body></html>";

const HTML: Page = { status: 200, type: "text/html; charset=utf-8", body: PAGE };

describe("a command that reads", () => {
  let pools: TwoPools;
  let cognito: InBetween;
  let sts: InBetween;
  beforeAll(async () => {
    pools = await openTwoPools({
      source: {
        settings: { MfaConfiguration: "OFF" },
        users: [{ username: "a", attributes: { sub: "a", email: "a@example.com", email_verified: "true" } }],
      },
    });
    const stand = async (variable: string): Promise<InBetween> => {
      const between = await standBefore(pools.environment[variable] ?? "");
      pools.environment[variable] = between.url;
      return between;
    };
    cognito = await stand("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER");
    sts = await stand("AWS_ENDPOINT_URL_STS");
  });
  beforeEach(() => {
    cognito.answers = {};
    sts.answers = {};
  });
  afterAll(async () => {
    cognito.close();
    sts.close();
    await pools.close();
  });

  const ANSWERS: readonly [string, Page, string][] = [
    ["a page", HTML, "sent an HTML page (status 200)"],
    ["a page that says that it is no page", { ...HTML, type: "application/x-amz-json-1.1" }, "sent an HTML page"],
    ["a refusal as a page", { ...HTML, status: 403 }, "sent an HTML page (status 403)"],
    ["a redirection", { ...HTML, status: 302 }, "sent an HTML page (status 302)"],
    ["nothing", { status: 200, type: "text/plain", body: "" }, "sent nothing (status 200)"],
    ["text", { status: 200, type: "text/plain", body: "canary" }, "sent text that is no answer of AWS (status 200)"],
    [
      "half an answer",
      { status: 200, type: "text/xml", body: '{"UserPool": {"Id' },
      "sent text that is no answer of AWS",
    ],
  ];

  test.each(ANSWERS)("ends with 3 and says host, what came and what to do: STS gives %s", async (_, page, found) => {
    sts.answers = { "*": page };
    const { status, stdout, stderr } = await pools.run("status");
    expect([status, stdout]).toEqual([3, ""]);
    for (const side of ["source", "destination"])
      expect(stderr).toMatch(
        new RegExp(`^No answer of AWS for the ${side} \\(.*profile ${side}\\): 127\\.0\\.0\\.1 `, "m"),
      );
    expect(stderr).toContain(found);
    expect(stderr).toContain("A proxy, a firewall or the sign-in page of a network may have answered in its place.");
    expect(stderr).not.toMatch(/canary|bug|^ +at /m);
  });

  test.each(ANSWERS)("so it does in the middle of its work: ListUsers gives %s", async (_, page, found) => {
    cognito.answers = { ListUsers: page };
    for (const command of [["status"], ["import", "--requests-per-second", "1000"]]) {
      const { status, stdout, stderr } = await pools.run(...command);
      expect([status, stdout]).toEqual([3, ""]);
      expect(stderr).toContain(found);
      expect(stderr).not.toMatch(/canary|bug|^ +at /m);
    }
  });

  const EMPTY: Page = { status: 200, type: "application/x-amz-json-1.1", body: "{}" };

  test.each<[string, string]>([
    ["DescribeUserPool", "DescribeUserPool sent no user pool"],
    ["ListUsers", "ListUsers sent no list of users"],
  ])("an answer of %s without what it is about is none", async (operation, found) => {
    cognito.answers = { [operation]: EMPTY };
    const { status, stdout, stderr } = await pools.run("status");
    expect([status, stdout]).toEqual([3, ""]);
    expect(stderr).toContain(found);
  });

  test("an account that nobody has said is not taken for one", async () => {
    const body =
      '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"></GetCallerIdentityResponse>';
    sts.answers = { "*": { status: 200, type: "text/xml", body } };
    delete pools.environment["SOURCE_ACCOUNT"];
    const { status, stderr } = await pools.run("status");
    expect(status).toBe(3);
    expect(stderr).toContain("GetCallerIdentity sent no account");
  });

  test("an answer of AWS is one, whatever it calls itself", async () => {
    const body = JSON.stringify({ Users: [] });
    cognito.answers = { ListUsers: { ...HTML, body } };
    expect(await pools.run("import", "--requests-per-second", "1000")).toMatchObject({ status: 0 });
  });

  test("a gateway's page that goes away is waited out", async () => {
    let left = 2;
    cognito.answers = {
      get DescribeUserPool() {
        left -= 1;
        return left < 0 ? undefined : { ...HTML, status: 503 };
      },
    };
    expect(await pools.run("import", "--requests-per-second", "1000")).toMatchObject({ status: 0 });
  });
});

describe("a command that changes", () => {
  let operator: Operator;
  let cognito: InBetween;
  let clientId: string;
  beforeAll(async () => {
    operator = await openOperator();
    const variable = "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER";
    cognito = await standBefore(operator.environment[variable] ?? "");
    operator.environment[variable] = cognito.url;
  });
  beforeEach(() => {
    operator.forget();
    cognito.answers = {};
    clientId = refill(operator.world.destination.userPool, EVERY_SETTING, EVERY_CLIENT_SETTING).ClientId;
  });
  afterAll(async () => {
    cognito.close();
    await operator.close();
  });

  test.each(["DescribeUserPool", "DescribeUserPoolClient", "ListUserImportJobs", "GetUserPoolMfaConfig"])(
    "changes nothing when a page answers %s, and ends with 3",
    async (operation) => {
      const { userPool } = operator.world.destination;
      const settings = () => [userPool.settings, userPool.clients.get(clientId).settings];
      const before = settings();
      cognito.answers = { [operation]: HTML };
      const { status, stderr } = await operator.run("attach", "--client", clientId, "--apply");
      expect(status).toBe(3);
      expect(stderr).toContain("127.0.0.1 sent an HTML page (status 200).");
      expect(stderr).not.toMatch(/canary|bug|^ +at /m);
      expect(settings()).toEqual(before);
    },
  );

  test("takes an empty answer to UpdateUserPool for success, which it is", async () => {
    cognito.emptied = ["UpdateUserPool"];
    expect(await operator.run("attach", "--client", clientId, "--apply")).toMatchObject({ status: 0 });
    expect(operator.world.destination.userPool.settings.LambdaConfig).toHaveProperty("UserMigration");
  });
});
