import type { PolicyDocument } from "../../../rules/policies";
import type { SeedUser } from "../../../sandbox/aws/user-pool/seed";
import { documentedPermissions } from "../../support/command-page";
import { openTwoPools, type TwoPools } from "../../support/operator-without-stacks";

type Policies = ReturnType<typeof documentedPermissions>;

const APPLY = ["import", "--apply", "--requests-per-second", "1000"];
const ROLE = "arn:aws:iam::222222222222:role/cognito-import-logs";

const CAME_OVER: SeedUser = {
  username: "new-one",
  attributes: { sub: "new-one", email: "one@example.com", "custom:source_sub": "sub-one" },
};

let pools: TwoPools;
afterEach(() => pools.close());

async function open(policies: Policies, users: readonly SeedUser[] = []): Promise<void> {
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
      users,
      appClients: [{ id: "client", name: "app", explicitAuthFlows: [], settings: { WriteAttributes: ["email"] } }],
    },
  });
  pools.environment["ATTRIBUTE_MAP"] = "sub=custom:source_sub";
  pools.source.groups.create("editors");
  pools.source.groups.add("editors", "sub-one");
}

const actionsOf = ({ Statement }: PolicyDocument): string[] => Statement.flatMap(({ Action }) => Action);
const without = (policy: PolicyDocument, action: string): PolicyDocument => ({
  ...policy,
  Statement: policy.Statement.map((statement) => ({
    ...statement,
    Action: [statement.Action].flat().filter((one) => one !== action),
  })).filter(({ Action }) => Action.length > 0),
});

test.each<[string, readonly string[], RegExp]>([
  ["import", [...APPLY, "--logs-role-arn", ROLE], /^import-\S+ +Succeeded +1 /m],
  ["groups", ["groups", "--apply", "--requests-per-second", "1000"], /^1 membership restored\.$/m],
])("the permissions of %s in docs/cli are enough, and none is one too many", async (command, line, done) => {
  const { source, destination } = documentedPermissions(command);
  await open({ source, destination }, command === "groups" ? [CAME_OVER] : []);
  expect(await pools.run(...line)).toMatchObject({ status: 0, stdout: expect.stringMatching(done) });
  const whole = new Set([...actionsOf(source), ...actionsOf(destination)]);
  expect([...whole].filter((action) => !pools.actions.includes(action))).toEqual([]);
});

test("without the log the import works, and says what it does not know", async () => {
  const { source, destination } = documentedPermissions("import");
  await open({ source, destination: without(destination, "logs:GetLogEvents") });
  const run = await pools.run(...APPLY, "--logs-role-arn", ROLE);
  expect(run).toMatchObject({ status: 0, stderr: expect.stringContaining("logs:GetLogEvents") });
  expect(run.stdout).toMatch(/Succeeded +1 +1 +0 +0/);
});

test("another role than the one that may be passed is refused", async () => {
  await open(documentedPermissions("import"));
  expect(await pools.run(...APPLY, "--logs-role-arn", `${ROLE}-2`)).toMatchObject({
    status: 3,
    stderr: expect.stringContaining("iam:PassRole"),
  });
});
