import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, DataResource, DataTerraformRemoteStateLocal, type TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { parseDeployment } from "../../config/deployment";
import { MigrationStack } from "../../stacks/migration-stack";
import { SOURCE_ONLY } from "../support/settings";

class Trial extends MigrationStack {
  constructor(scope: Construct, build: (stack: TerraformStack, provider: AwsProvider) => void) {
    super(scope, "source", "source", parseDeployment(SOURCE_ONLY).source, {
      region: "eu-west-1",
      account: undefined,
      profile: undefined,
      userPoolId: "eu-west-1_abc123XYZ",
    });
    build(this, this.provider);
  }
}

function synthesize(build: (stack: TerraformStack, provider: AwsProvider) => void): void {
  const outdir = mkdtempSync(join(tmpdir(), "cognito-migration-test-"));
  try {
    const app = new App({ outdir });
    new Trial(app, build);
    app.synth();
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

test("synthesis goes through when everything names the stack's provider", () => {
  expect(() =>
    synthesize((stack, provider) => {
      new IamRole(stack, "role", { provider, assumeRolePolicy: "{}" });
      new DataTerraformRemoteStateLocal(stack, "state", { path: "terraform.tfstate" });
      new DataResource(stack, "data");
    }),
  ).not.toThrow();
});

test("synthesis fails when a resource names none", () => {
  expect(() => synthesize((stack) => new IamRole(stack, "role", { assumeRolePolicy: "{}" }))).toThrow(
    /\[source\/role\] does not name the provider aws\.source/,
  );
});

test("synthesis fails when a resource names another", () => {
  expect(() =>
    synthesize((stack) => {
      const other = new AwsProvider(stack, "other", { alias: "other" });
      new IamRole(stack, "role", { provider: other, assumeRolePolicy: "{}" });
    }),
  ).toThrow(/does not name the provider/);
});
