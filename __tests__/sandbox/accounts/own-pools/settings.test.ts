import { sandboxSettings } from "../../../../sandbox/accounts/own-pools/settings";

const POOLS = {
  USER_POOL_NAME: "sandbox",
  SOURCE_USER_POOL_ID: "eu-west-1_AAAAAAAAA",
  SOURCE_ACCOUNT: "333333333333",
  DESTINATION_USER_POOL_ARN: "arn:aws:cognito-idp:us-east-1:444444444444:userpool/us-east-1_BBBBBBBBB",
  DESTINATION_CASE_SENSITIVE: "false",
};
const BOTH = { source: true, destination: true };

function of(file: string, set: readonly string[] = [], described = BOTH) {
  return sandboxSettings({ pools: POOLS, described, file: { name: "my.env", bytes: Buffer.from(file) }, set });
}

test("the file stands over what follows from the pools, and --set over the file, the last one above all", () => {
  const file = "USER_POOL_NAME=customers\nDESTINATION_CASE_SENSITIVE=true\nMFA_POLICY=sms";
  expect(of(file, ["MFA_POLICY=reject", "MFA_POLICY=allow", "TAGS=a=b"])).toEqual({
    settings: {
      ...POOLS,
      USER_POOL_NAME: "customers",
      DESTINATION_CASE_SENSITIVE: "true",
      MFA_POLICY: "allow",
      TAGS: "a=b",
    },
    notes: [],
  });
});

test("a pool, an account and a Region as described are no contradiction", () => {
  const file = `SOURCE_USER_POOL_ID=${POOLS.SOURCE_USER_POOL_ID}\nSOURCE_REGION=eu-west-1\nDESTINATION_ACCOUNT=444444444444`;
  expect(of(file)).toEqual({ settings: POOLS, notes: [] });
});

test.each([
  ["SOURCE_USER_POOL_ID", "eu-west-1_CCCCCCCCC", "eu-west-1_AAAAAAAAA"],
  ["SOURCE_REGION", "eu-west-2", "eu-west-1"],
  ["SOURCE_ACCOUNT", "999999999999", "333333333333"],
  ["DESTINATION_ACCOUNT", "999999999999", "444444444444"],
  ["DESTINATION_USER_POOL_ARN", POOLS.DESTINATION_USER_POOL_ARN.replace("_B", "_C"), POOLS.DESTINATION_USER_POOL_ARN],
])(
  "%s of another pool is refused by file and by --set, and left out where the side is the sandbox's own",
  (name, value, right) => {
    for (const [file, set, where] of [
      [`${name}=${value}`, [], "my.env"],
      ["", [`${name}=${value}`], "--set"],
    ] as const) {
      expect(of(file, set)).toEqual({
        problems: [{ variable: name, found: `"${value}" (${where})`, expected: expect.stringContaining(right) }],
      });
      expect(of(file, set, { source: false, destination: false })).toEqual({
        settings: POOLS,
        notes: [expect.stringContaining(`${name} (${where}) does not count`)],
      });
    }
  },
);

test.each([
  ["SOURCE_PROFILE", "legacy"],
  ["SOURCE_ROLE_ARN", "arn:aws:iam::333333333333:role/a"],
  ["SOURCE_MFA_CONFIGURATION", "ON"],
  ["STATE_BACKEND", "s3"],
  ["STATE_BUCKET", "ours"],
  ["TF_CLOUD_ORGANIZATION", "us"],
])("%s is of an account: it is named and does not count", (name, value) => {
  expect(of(`${name}=${value}`)).toEqual({
    settings: POOLS,
    notes: [expect.stringContaining(`${name} (my.env) does not count`)],
  });
});

test("what nobody reads in the file reaches no program", () => {
  expect(of("AWS_PROFILE=mine\nSETTINGS_FILE=.env.other\nSOMETHING=else")).toEqual({ settings: POOLS, notes: [] });
});

test("every problem comes at once", () => {
  const answer = of("MFA_POLICY=sms\nMFA_POLICY=no\nDESTINATION_CASE_SENSITIV=true", [
    "LAMBDA_MEMORY_MB=1",
    "MFA_POLCY=x",
    "x",
    "=1",
  ]);
  const problems = "problems" in answer ? answer.problems.map(({ variable, found }) => `${variable} ${found}`) : [];
  expect(problems.sort()).toEqual([
    '--set ""',
    '--set "MFA_POLCY"',
    '--set "x"',
    "DESTINATION_CASE_SENSITIV an unknown setting",
    'LAMBDA_MEMORY_MB "1"',
    'MFA_POLICY "no"',
    "MFA_POLICY it in lines 1 and 2 of my.env",
  ]);
});
