import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeDeep, STACKS } from "../support/deep";
import { ROOT } from "../support/program";
import { edited } from "../support/settings";
import { Lab } from "./lab/lab";
import type { Project } from "./lab/project";

/** Nothing here asks AWS. */
const NOBODY = { accessKeyId: "none", secretAccessKey: "none", sessionToken: "none" };

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
});
