import { documentedPermissions } from "../../support/command-page";
import { minted, STAMP_ATTRIBUTE, STAMPED_AT, stampingFunction } from "../../support/minted";
import { openTwoPools, type TwoPools } from "../../support/operator-without-stacks";

let pools: TwoPools;
afterEach(() => pools.close());

test("the permissions of the page are enough for all that the command does, and each is used", async () => {
  const policies = documentedPermissions("idmap");
  const destination = {
    customAttributes: ["migration", "source_sub"],
    appClients: [{ id: "app", name: "app", explicitAuthFlows: [], settings: { WriteAttributes: ["email"] } }],
    users: [
      {
        username: "new",
        created: STAMPED_AT,
        attributes: {
          sub: "new",
          email: "one@example.com",
          email_verified: "true",
          [STAMP_ATTRIBUTE]: minted("email verified one@example.com"),
        },
      },
    ],
  };
  pools = await openTwoPools({ policies, destination });
  pools.functions.set("cognito_migration_sandbox", stampingFunction);
  pools.environment["ATTRIBUTE_MAP"] = "sub=custom:source_sub";
  const run = await pools.run("idmap", "--out", "ids.csv", "--not-migrated", "--json");
  expect(run).toMatchObject({ status: 0 });
  expect(JSON.parse(run.stdout)).toMatchObject({ lines: { proven: 1 } });
  const allowed = [policies.source, policies.destination].flatMap(({ Statement }) =>
    Statement.flatMap(({ Action }) => Action),
  );
  const asked = new Set(pools.actions.filter((action) => !action.startsWith("sts:")));
  expect([...asked].sort()).toEqual([...new Set(allowed)].sort());
});
