import { checkLocalStates, type Owner } from "../../config/local-states";

const POOL = "eu-west-1_Source001";
const DESTINATION = "eu-central-1_Dest0001";
const LOCAL = { kind: "local" } as const;
const S3 = { kind: "s3" } as const;
const FORMER = { source: "terraform.source.tfstate", destination: "terraform.destination.tfstate" } as const;

const text = (outputs: Readonly<Record<string, string>>, resources: readonly unknown[] = [{}]): string =>
  JSON.stringify({
    version: 4,
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value, type: "string" }])),
    resources,
  });
const refuse = (code: string): never => {
  throw Object.assign(new Error("from the system"), { code });
};
const role = (migration: string): string => `arn:aws:iam::111111111111:role/cognito_migration_${migration}`;
const fn = (migration: string): string =>
  `arn:aws:lambda:eu-central-1:222222222222:function:cognito_migration_${migration}`;

const check = (
  files: Readonly<Record<string, string | undefined>>,
  {
    state = LOCAL,
    isKnown = false,
    unreadable = "EISDIR",
  }: { readonly state?: Owner["state"]; readonly isKnown?: boolean; readonly unreadable?: string } = {},
) =>
  checkLocalStates(
    Object.keys(files),
    (name) => files[name] ?? refuse(unreadable),
    { migration: "customers", sourceUserPoolId: POOL, destinationUserPoolId: DESTINATION, state },
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
  ["that does not say whose it is", FORMER.source, text({}), "stack source. State"],
  ["that is damaged", FORMER.source, '{"version": 4, "outp', "stack source. State"],
  ["that is something else", FORMER.source, "[]", "stack source. State"],
])("a state under the name of before keeps everybody from planning: %s", (_, file, content, whose) => {
  for (const state of [LOCAL, S3]) {
    const { refusals } = check({ [file]: content }, { state });
    expect(refusals).toEqual([expect.stringContaining(whose)]);
    const to = file.replace("terraform.", "terraform.customers.");
    expect(refusals[0]).toMatch(new RegExp(`If this one belongs to customers: mv -n ${file} ${to}$`));
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
    "terraform.source.tfstate is of migration shop-2. Before you work on that: mv -n terraform.source.tfstate terraform.shop-2.source.tfstate",
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

describe("where the new place is taken", () => {
  const state = (serial: number | undefined, migration: string, resources: readonly unknown[] = [{}]): string =>
    JSON.stringify({ version: 4, serial, resources, outputs: { role_arn: { value: role(migration) } } });

  test.each([
    ["another state", state(9, "customers"), "serial 9"],
    ["one with nothing in it", state(9, "customers", []), "empty"],
    ["what is damaged", "{", "serial not known"],
    ["what is no file", undefined, "serial not known"],
  ])("both are named with their serials, and no command is printed: %s", (_, there, told) => {
    const { refusals } = check({ [FORMER.source]: state(4, "customers"), "terraform.customers.source.tfstate": there });
    expect(refusals[0]).toContain(
      `terraform.source.tfstate (serial 4) and terraform.customers.source.tfstate (${told})`,
    );
    expect(refusals.join("\n")).not.toMatch(/\bmv\b/);
  });

  test("so they are of another migration", () => {
    const { refusals, notices } = check({
      [FORMER.source]: state(undefined, "shop"),
      "terraform.shop.source.tfstate": state(2, "shop"),
    });
    expect(refusals).toEqual([]);
    expect(notices).toEqual([expect.stringMatching(/\(serial not known\) and .* \(serial 2\) are there/)]);
    expect(notices.join("\n")).not.toMatch(/\bmv\b/);
  });
});

describe("what cannot be read", () => {
  test.each([
    ["EISDIR", "a directory"],
    ["ENOENT", "a link to nothing"],
    ["EACCES", "what cannot be read (EACCES)"],
  ])("is named, and stops its own migration alone: %s", (unreadable, found) => {
    for (const file of ["terraform.customers.source.tfstate", FORMER.source, FORMER.destination])
      expect(check({ [file]: undefined }, { unreadable })).toEqual({
        refusals: [expect.stringContaining(`${file}: found ${found}, expected the state`)],
        notices: [],
      });
    expect(check({ "terraform.other.source.tfstate": undefined }, { unreadable })).toEqual({
      refusals: [],
      notices: [expect.stringContaining(`terraform.other.source.tfstate: found ${found}, expected the state`)],
    });
  });
});

describe("what a state says of itself", () => {
  const kept = (migration: unknown, user_pool_id: unknown): string =>
    JSON.stringify({
      version: 4,
      outputs: {},
      resources: [
        { type: "aws_iam_role", name: "role", instances: [] },
        {
          mode: "managed",
          type: "terraform_data",
          name: "identity",
          instances: [
            { attributes: { id: "1", output: { value: { migration, user_pool_id }, type: ["object", {}] } } },
          ],
        },
      ],
    });
  const OTHER = "eu-west-1_Other0001";

  test.each([
    ["another user pool, by its outputs", "source", text({ user_pool_id: OTHER, role_arn: role("customers") })],
    ["another user pool, kept before there was any output", "source", kept("customers", OTHER)],
    ["another destination", "destination", kept("customers", "eu-central-1_Other001")],
    ["another migration, by its outputs", "source", text({ migration: "shop", user_pool_id: POOL })],
    ["another migration, by its role", "source", text({ role_arn: role("shop") })],
    ["another migration, by its function", "destination", text({ lambda_arn: fn("shop") })],
  ])("keeps everybody from planning over it: %s", (_, stack, content) => {
    const { refusals } = check({ [`terraform.customers.${stack}.tfstate`]: content });
    expect(refusals).toEqual([
      expect.stringMatching(/^terraform\.customers\.\w+\.tfstate is of .*; the settings say migration customers/),
    ]);
  });

  test("is no reason where it is this migration's, or nothing", () => {
    for (const content of [
      kept("customers", POOL),
      kept(undefined, undefined),
      kept(7, {}),
      kept("a b", "c d"),
      text({}),
    ])
      expect(check({ "terraform.customers.source.tfstate": content }).refusals).toEqual([]);
  });

  test("that of before is not moved where it is of another user pool", () => {
    const { refusals } = check({ [FORMER.source]: text({ role_arn: role("customers"), user_pool_id: OTHER }) });
    expect(refusals).toEqual([expect.stringContaining(`user pool ${OTHER}; the settings say`)]);
    expect(refusals.join("\n")).not.toMatch(/\bmv\b/);
  });

  test("tells another name for the same pool, when the first deploy was interrupted", () => {
    expect(check({ "terraform.clients.source.tfstate": kept("clients", POOL) }).notices).toEqual([
      expect.stringMatching(/^terraform\.clients\.source\.tfstate is of migration clients, .*only renamed/),
    ]);
  });

  test.each(["x; rm -rf ~", "\u001b[2Kx", "x y", "$(id)", "../../x", "lambda_x", "x".repeat(60)])(
    "counts only if it could be a migration's name, and is in no command: %j",
    (name) => {
      for (const content of [text({ migration: name }), text({ role_arn: role(name) }), kept(name, POOL)]) {
        const { refusals, notices } = check({ [FORMER.source]: content });
        expect(refusals).toEqual([
          expect.stringContaining("mv -n terraform.source.tfstate terraform.customers.source"),
        ]);
        expect([...refusals, ...notices].join("\n")).not.toContain(name);
      }
      expect(check({ [`terraform.${name}.source.tfstate`]: text({ user_pool_id: POOL }) })).toEqual({
        refusals: [],
        notices: [],
      });
    },
  );
});
