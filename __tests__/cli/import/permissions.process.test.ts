import type { PolicyDocument } from "../../../rules/policies";
import { documentedPermissions } from "../../support/command-page";
import { openTwoPools, type TwoPools } from "../../support/two-pools";

const APPLY = ["import", "--groups", "--apply", "--requests-per-second", "1000"];
const ROLE = "arn:aws:iam::222222222222:role/cognito-import-logs";

let pools: TwoPools;
afterEach(() => pools.close());

async function open(policies: { source: PolicyDocument; destination: PolicyDocument }): Promise<void> {
  pools = await openTwoPools({
    policies,
    source: {
      settings: { MfaConfiguration: "OFF" },
      users: [
        { username: "sub-one", attributes: { sub: "sub-one", email: "one@example.com", email_verified: "true" } },
      ],
    },
    destination: {
      name: "customers",
      customAttributes: ["source_sub"],
      appClients: [{ id: "client", name: "app", explicitAuthFlows: [] }],
    },
  });
  pools.environment["ATTRIBUTE_MAP"] = "sub=custom:source_sub";
  pools.source.groups.create("editors");
  pools.source.groups.add("editors", "sub-one");
}

const documented = (): ReturnType<typeof documentedPermissions> => documentedPermissions("import");

test("the permissions in docs/cli/import.md are enough for everything", async () => {
  await open(documented());
  expect(await pools.run(...APPLY, "--logs-role-arn", ROLE)).toMatchObject({
    status: 0,
    stderr: expect.stringContaining("1 membership restored."),
  });
});

const actionsOf = ({ Statement }: PolicyDocument): string[] => Statement.flatMap(({ Action }) => Action);
const without = (policy: PolicyDocument, action: string): PolicyDocument => ({
  ...policy,
  Statement: policy.Statement.map((statement) => ({
    ...statement,
    Action: [statement.Action].flat().filter((one) => one !== action),
  })).filter(({ Action }) => Action.length > 0),
});

test("and none of them is one too many", async () => {
  const { source, destination } = documented();
  const whole = new Set([...actionsOf(source), ...actionsOf(destination)]);
  await open(documented());
  await pools.run(...APPLY, "--logs-role-arn", ROLE);
  expect([...whole].filter((action) => !pools.actions.includes(action))).toEqual([]);
});

test("without the log the import works, and says what it does not know", async () => {
  const { source, destination } = documented();
  await open({ source, destination: without(destination, "logs:GetLogEvents") });
  const run = await pools.run(...APPLY, "--logs-role-arn", ROLE);
  expect(run).toMatchObject({ status: 0, stderr: expect.stringContaining("logs:GetLogEvents") });
  expect(run.stdout).toMatch(/Succeeded +1 +1 +0 +0/);
});

test("another role than the one that may be passed is refused", async () => {
  await open(documented());
  expect(await pools.run(...APPLY, "--logs-role-arn", `${ROLE}-2`)).toMatchObject({
    status: 3,
    stderr: expect.stringContaining("iam:PassRole"),
  });
});
