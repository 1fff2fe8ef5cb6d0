import type { Shared } from "../../config/deployment";
import { checkLocalStates } from "../../config/local-states";

const POOL = "eu-west-1_Source001";
const LOCAL = { kind: "local" } as const;
const S3 = { kind: "s3", bucket: "b", region: "eu-west-1", keyPrefix: "p" } as const;
const FORMER = { source: "terraform.source.tfstate", destination: "terraform.destination.tfstate" } as const;

const text = (outputs: Readonly<Record<string, string>>, resources: readonly unknown[] = [{}]): string =>
  JSON.stringify({
    version: 4,
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value, type: "string" }])),
    resources,
  });
const role = (migration: string): string => `arn:aws:iam::111111111111:role/cognito_migration_${migration}`;
const fn = (migration: string): string =>
  `arn:aws:lambda:eu-central-1:222222222222:function:cognito_migration_${migration}`;

const check = (
  files: Readonly<Record<string, string>>,
  { state = LOCAL, isKnown = false }: { readonly state?: Shared["state"]; readonly isKnown?: boolean } = {},
) =>
  checkLocalStates(
    Object.keys(files),
    (name) => files[name] ?? "",
    { migration: "customers", sourceUserPoolId: POOL, state },
    () => isKnown,
  );

test("where there is no state, or this migration's own, or one with nothing in it, nothing is said", () => {
  const own = text({ migration: "customers", user_pool_id: POOL });
  for (const files of [
    {},
    { "main.ts": "", "terraform.tfstate": own, "terraform.source.tfstate.backup": own },
    { "terraform.customers.source.tfstate": own, "terraform.customers.destination.tfstate": text({}) },
    { [FORMER.source]: "", [FORMER.destination]: text({ lambda_arn: fn("customers") }, []) },
    { "terraform.shop.source.tfstate": text({ user_pool_id: "eu-west-1_Other0001" }) },
  ])
    expect([files, check(files)]).toEqual([files, { refusals: [], notices: [] }]);
});

test.each([
  [
    "of the source",
    FORMER.source,
    text({ role_arn: role("customers"), user_pool_id: POOL }),
    "stack source of migration customers",
  ],
  [
    "of the destination",
    FORMER.destination,
    text({ lambda_arn: fn("customers") }),
    "stack destination of migration customers",
  ],
  ["that does not say whose it is", FORMER.source, text({}), "stack source, and"],
  ["that is damaged", FORMER.source, '{"version": 4, "outp', "stack source, and"],
  ["that is something else", FORMER.source, "[]", "stack source, and"],
])("a state under the name of before keeps everybody from planning: %s", (_, file, content, whose) => {
  for (const state of [LOCAL, S3]) {
    const { refusals } = check({ [file]: content }, { state });
    expect(refusals).toEqual([expect.stringContaining(whose)]);
    const to = file.replace("terraform.", "terraform.customers.");
    expect(refusals[0]).toMatch(new RegExp(`Then: mv ${file} ${to}$`));
  }
});

test("both are named at once", () => {
  const files = {
    [FORMER.source]: text({ role_arn: role("customers") }),
    [FORMER.destination]: text({ lambda_arn: fn("customers") }),
  };
  expect(check(files).refusals).toHaveLength(2);
});

test("one of another migration is named, and kept apart by itself", () => {
  const { refusals, notices } = check({
    [FORMER.source]: text({ role_arn: role("shop-2"), user_pool_id: "eu-west-1_Other0001" }),
  });
  expect(refusals).toEqual([]);
  expect(notices).toEqual([
    "terraform.source.tfstate is of migration shop-2. Before you work on that: mv terraform.source.tfstate terraform.shop-2.source.tfstate",
  ]);
});

test("another name for the same source user pool is told, with what a deploy would do", () => {
  const { refusals, notices } = check({ "terraform.clients.source.tfstate": text({ user_pool_id: POOL }) });
  expect(refusals).toEqual([]);
  expect(notices).toEqual([
    expect.stringMatching(
      /^terraform\.clients\.source\.tfstate is of migration clients, .*only renamed: a deploy makes an app client/,
    ),
  ]);
});

test("a local state beside another backend would be planned anew, unless Terraform asks to take it along", () => {
  const files = { "terraform.customers.source.tfstate": text({ user_pool_id: POOL }) };
  expect(check(files, { state: S3 }).refusals).toEqual([expect.stringMatching(/STATE_BACKEND is s3.*Move a state/)]);
  expect(check(files, { state: S3, isKnown: true }).refusals).toEqual([]);
  expect(check({ "terraform.customers.source.tfstate": text({}, []) }, { state: S3 }).refusals).toEqual([]);
  expect(check({ "terraform.shop.source.tfstate": text({}) }, { state: S3 }).refusals).toEqual([]);
});
