import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PolicyDocument } from "../../../rules/policies";
import type { SeedUser } from "../../../sandbox/aws/user-pool/seed";
import { openTwoPools, type TwoPools } from "../../support/operator-without-stacks";
import { ROOT } from "../../support/program";

/** Those of the section on a command: the last two are of the operator, source and destination. */
function documented(command: string): Policies {
  const page = readFileSync(join(ROOT, "docs/cli.md"), "utf8");
  const section = page.split(new RegExp(`^## ${command}$`, "m"))[1]?.split(/^## /m)[0] ?? "";
  const all = [...section.matchAll(/```json\n([\s\S]*?)```/g)].map(
    ([, text = ""]) => JSON.parse(text) as PolicyDocument,
  );
  const [source, destination] = all.slice(-2);
  if (source === undefined || destination === undefined) throw new Error(`docs/cli.md has no policies for ${command}`);
  return { source, destination };
}

interface Policies {
  readonly source: PolicyDocument;
  readonly destination: PolicyDocument;
}

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
])("the permissions of %s in docs/cli.md are enough, and none is one too many", async (command, line, done) => {
  const { source, destination } = documented(command);
  await open({ source, destination }, command === "groups" ? [CAME_OVER] : []);
  expect(await pools.run(...line)).toMatchObject({ status: 0, stdout: expect.stringMatching(done) });
  const whole = new Set([...actionsOf(source), ...actionsOf(destination)]);
  expect([...whole].filter((action) => !pools.actions.includes(action))).toEqual([]);
});

test("without the log the import works, and says what it does not know", async () => {
  const { source, destination } = documented("import");
  await open({ source, destination: without(destination, "logs:GetLogEvents") });
  const run = await pools.run(...APPLY, "--logs-role-arn", ROLE);
  expect(run).toMatchObject({ status: 0, stderr: expect.stringContaining("logs:GetLogEvents") });
  expect(run.stdout).toMatch(/Succeeded +1 +1 +0 +0/);
});

test("another role than the one that may be passed is refused", async () => {
  await open(documented("import"));
  expect(await pools.run(...APPLY, "--logs-role-arn", `${ROLE}-2`)).toMatchObject({
    status: 3,
    stderr: expect.stringContaining("iam:PassRole"),
  });
});
