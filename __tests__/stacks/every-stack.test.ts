import { BOTH, CLOUD, S3 } from "../support/settings";
import { type Json, resources, synthesized } from "../support/stacks";

const BACKENDS = { local: {}, s3: S3, cloud: CLOUD };

const BACKEND_BLOCKS = {
  local: (stack: string) => ({ backend: { local: { path: `../../../terraform.customers.${stack}.tfstate` } } }),
  s3: (stack: string) => ({
    backend: {
      s3: {
        bucket: "example-state",
        key: `cognito-migration/customers/${stack}.tfstate`,
        region: "eu-central-1",
        encrypt: true,
        use_lockfile: true,
      },
    },
  }),
  cloud: (stack: string) => ({
    cloud: { organization: "example-org", workspaces: { name: `cognito-migration-customers-${stack}` } },
  }),
};

const STATE_OF_SOURCE = {
  local: { backend: "local", config: { path: "../../../terraform.customers.source.tfstate" } },
  s3: {
    backend: "s3",
    config: { bucket: "example-state", key: "cognito-migration/customers/source.tfstate", region: "eu-central-1" },
  },
  cloud: {
    backend: "remote",
    config: { organization: "example-org", workspaces: { name: "cognito-migration-customers-source" } },
  },
};

describe.each(["local", "s3", "cloud"] as const)("with the %s backend", (backend) => {
  const stacks = synthesized({ ...BOTH, ...BACKENDS[backend] });

  test.each(["source", "destination"] as const)("stack %s keeps its own state there", (name) => {
    expect(stacks[name].terraform).toEqual({
      ...BACKEND_BLOCKS[backend](name),
      required_providers: { aws: { source: "aws", version: ">= 5.100, < 7" } },
      required_version: ">= 1.11",
    });
  });

  test("the destination reads the source's state where the source keeps it", () => {
    const { lifecycle: _, ...state } = resources(stacks.destination, "data")["terraform_remote_state.source-state"];
    expect(state).toEqual(STATE_OF_SOURCE[backend]);
  });

  test("the resources are those of any other backend", () => {
    const local = synthesized(BOTH);
    expect(resources(stacks.source)).toEqual(resources(local.source));
    expect(resources(stacks.destination)).toEqual(resources(local.destination));
  });

  test.each(["source", "destination"] as const)("everything in stack %s names the provider", (name) => {
    const all = { ...resources(stacks[name]), ...resources(stacks[name], "data") };
    // Built into Terraform: they take no provider.
    const builtIn = ["terraform_remote_state.source-state", "terraform_data.log-user-key", "terraform_data.identity"];
    const usingProvider = Object.keys(all).filter((address) => !builtIn.includes(address));
    expect(usingProvider.length).toBeGreaterThan(3);
    for (const address of usingProvider) expect([address, all[address].provider]).toEqual([address, `aws.${name}`]);
  });
});

test("a Terraform Enterprise host is named in the block and in the data source", () => {
  const { source, destination } = synthesized({ ...BOTH, ...CLOUD, TF_CLOUD_HOSTNAME: "terraform.example.com" });
  expect(source.terraform.cloud.hostname).toBe("terraform.example.com");
  expect(resources(destination, "data")["terraform_remote_state.source-state"].config.hostname).toBe(
    "terraform.example.com",
  );
});

test("the provider's version can be chosen", () => {
  const { source, destination } = synthesized({
    ...BOTH,
    AWS_PROVIDER_VERSION: "5.100.0",
    LAMBDA_RUNTIME: "nodejs22.x",
  });
  for (const stack of [source, destination]) expect(stack.terraform.required_providers.aws.version).toBe("5.100.0");
});

test("one account and one Region for both pools", () => {
  const { source, destination } = synthesized({
    USER_POOL_NAME: "customers",
    SOURCE_USER_POOL_ID: "eu-west-1_Old",
    SOURCE_ACCOUNT: "111111111111",
    DESTINATION_USER_POOL_ARN: "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_New",
  });
  const names = [source, destination].map((stack) => resources(stack)["aws_iam_role.role"].name);
  expect(new Set(names).size).toBe(2);
  expect(resources(source)["aws_iam_role.role"].assume_role_policy).toContain("arn:aws:iam::111111111111:root");
});

test.each(["source", "destination"] as const)("no JSON text of stack %s has a reference in it", (name) => {
  const texts = (value: Json): string[] =>
    typeof value === "string"
      ? [value]
      : typeof value === "object" && value !== null
        ? Object.values(value).flatMap(texts)
        : [];
  const all = texts(synthesized(BOTH)[name]).filter((text) => /^\s*[{[]/.test(text));
  expect(all.length).toBeGreaterThan(0);
  // A doubled dollar sign is Terraform's way to write one.
  expect(all.filter((text) => /(?<!\$)\$\{/.test(text))).toEqual([]);
});
