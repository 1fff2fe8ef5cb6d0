import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeDeep, STACKS } from "../support/deep";
import { ROOT } from "../support/program";
import { edited } from "../support/settings";
import { Lab } from "./lab/lab";
import type { Project } from "./lab/project";

/** Nothing here asks AWS. */
const NOBODY = { accessKeyId: "none", secretAccessKey: "none", sessionToken: "none" };

/** What a workspace reads of the other's state: https://developer.hashicorp.com/terraform/language/tests/mocking */
const SHARED_STATE = `override_data {
  target = data.terraform_remote_state.source
  values = { outputs = { source = {
    user_pool_id = "eu-west-1_Source001", region = "eu-west-1", role_arn = "arn:aws:iam::111111111111:role/r"
    app_client_id = "abc123", mfa_configuration = "OFF", username_attributes = "email", external_id = "id-of-this-migration"
  } } }
}`;
const CONSUMER_VARIABLES = `variables {
  event_bus_arn = "arn:aws:events:eu-central-1:222222222222:event-bus/migration"
  user_pool_id  = "eu-central-1_Dest0001"
  consumer_zip  = "consumer.mjs"
}`;
const PLANS = `run "plan" {
  command = plan
}`;

describeDeep("each Terraform module alone", (tools) => {
  let lab: Lab;
  let project: Project;
  beforeAll(async () => {
    lab = await Lab.open(ROOT, tools);
    project = lab.project();
    for (const stack of STACKS)
      cpSync(join(ROOT, "modules", stack), project.stackDirectory(stack), { recursive: true });
    await mustSucceed("source", "fmt", "-check", "-recursive", join(ROOT, "modules"));
  });
  afterAll(() => lab.close());

  async function mustSucceed(stack: (typeof STACKS)[number], ...parameters: string[]): Promise<string> {
    const { status, output } = await project.terraform(stack, parameters, NOBODY);
    expect([output, status]).toEqual([output, 0]);
    return output;
  }

  test.each(STACKS)("%s is valid, and passes its own tests, which need no AWS", async (stack) => {
    await mustSucceed(stack, "init");
    await mustSucceed(stack, "validate", "-no-color");
    expect(await mustSucceed(stack, "test", "-no-color")).toMatch(/^Success! \d+ passed, 0 failed\.$/m);
    expect([...lab.shim.operations]).toEqual([]);
  });

  test("the workspaces that VCS drives are formatted and valid, and the destination plans with what the source gives out", async () => {
    await mustSucceed("source", "fmt", "-check", "-recursive", join(ROOT, "examples/terraform-cloud/vcs"));
    project = lab.project();
    for (const stack of STACKS) {
      const root = project.stackDirectory(stack);
      const module = join(ROOT, "modules", stack);
      cpSync(module, join(root, "module"), { recursive: true });
      const example = readFileSync(join(ROOT, "examples/terraform-cloud/vcs", stack, "main.tf"), "utf8");
      writeFileSync(
        join(root, "main.tf"),
        edited(example)
          .replace(`../../../../modules/${stack}`, "./module")
          // Their runtime needs a provider that is newer than the one here may be.
          .replace(">= 6.19", ">= 5.100")
          .replace("  handler_zip =", '  lambda_runtime = "nodejs22.x"\n  handler_zip ='),
      );
      cpSync(join(ROOT, "dist/handler.zip"), join(root, "handler.zip"));
      // The module's own mocks of AWS, and of the source's workspace what its outputs are called.
      const mocks = readFileSync(join(module, `tests/${stack}.tftest.hcl`), "utf8")
        .split("\nvariables {")[0]
        ?.replaceAll("_AbCdEfGhI", stack === "source" ? "_Source001" : "_Dest0001");
      writeFileSync(
        join(root, "main.tftest.hcl"),
        `${mocks}\n${stack === "destination" ? SHARED_STATE : ""}\n${PLANS}`,
      );
      await mustSucceed(stack, "init");
      await mustSucceed(stack, "validate", "-no-color");
      expect(await mustSucceed(stack, "test", "-no-color")).toMatch(/^Success! 1 passed, 0 failed\.$/m);
    }
    const given = readFileSync(join(ROOT, "modules/source/outputs.tf"), "utf8");
    const taken = readFileSync(join(ROOT, "examples/terraform-cloud/vcs/destination/main.tf"), "utf8");
    for (const [, name] of taken.matchAll(/local\.source\.(\w+)/g)) expect(given).toContain(`output "${name}" {`);
  });

  test("the example of a caller is formatted, and valid when its pools are replaced", async () => {
    await mustSucceed("source", "fmt", "-check", join(ROOT, "examples/terraform-modules"));
    project = lab.project();
    const root = project.stackDirectory("source");
    cpSync(join(ROOT, "modules"), join(root, "../../modules"), { recursive: true });
    mkdirSync(root, { recursive: true });
    // Its runtime needs a provider that is newer than the one here may be.
    const example = readFileSync(join(ROOT, "examples/terraform-modules/main.tf"), "utf8").replace(
      ">= 6.19",
      ">= 5.100",
    );
    writeFileSync(join(root, "main.tf"), example);
    await mustSucceed("source", "init");
    const { output } = await project.terraform("source", ["validate", "-no-color"], NOBODY);
    expect(output.match(/this is the one of the examples/g)).toHaveLength(2);
    writeFileSync(join(root, "main.tf"), edited(example));
    await mustSucceed("source", "validate", "-no-color");
  });

  test("the consumer of UserMigrated is formatted and valid, and plans", async () => {
    await mustSucceed("source", "fmt", "-check", join(ROOT, "examples/consumer"));
    project = lab.project();
    const root = project.stackDirectory("source");
    cpSync(join(ROOT, "examples/consumer"), root, { recursive: true });
    writeFileSync(join(root, "main.tftest.hcl"), `mock_provider "aws" {}\n${CONSUMER_VARIABLES}\n${PLANS}`);
    await mustSucceed("source", "init");
    await mustSucceed("source", "validate", "-no-color");
    expect(await mustSucceed("source", "test", "-no-color")).toMatch(/^Success! 1 passed, 0 failed\.$/m);
  });
});
