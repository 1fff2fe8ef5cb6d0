import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseDeployment } from "../../config/deployment";
import { describeDeep } from "../support/deep";
import { ROOT } from "../support/program";
import { BOTH } from "../support/settings";
import { Project } from "./lab/project";

const NOBODY = { accessKeyId: "a", secretAccessKey: "b", sessionToken: "c" };

/** Of the constraint alone one cannot tell which version Terraform will take. */
describeDeep("a constraint that a provider of either age may come of", (tools) => {
  const directory = mkdtempSync(join(tmpdir(), "cognito-migration-provider-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  const isOld = tools.provider.version.startsWith("5.");

  test.each([
    ["nodejs24.x", isOld ? 1 : 0],
    ["nodejs22.x", 0],
  ])("with LAMBDA_RUNTIME=%s: the provider says so before anything is made", async (LAMBDA_RUNTIME, status) => {
    const settings = { ...BOTH, LAMBDA_RUNTIME, AWS_PROVIDER_VERSION: ">= 5.100.0" };
    expect(() => parseDeployment(settings)).not.toThrow();
    const project = new Project(ROOT, mkdtempSync(join(directory, "project-")), tools, "http://127.0.0.1:9");
    await project.synth(settings);
    expect(await project.terraform("destination", ["init"], NOBODY)).toMatchObject({ status: 0 });
    const validated = await project.terraform("destination", ["validate", "-no-color"], NOBODY);
    expect([validated.status, validated.output]).toEqual([status, expect.any(String)]);
    if (status !== 0) expect(validated.output).toContain("expected runtime to be one of");
  });

  test("one that only an old provider can come of is refused before Terraform runs", () => {
    expect(() => parseDeployment({ ...BOTH, AWS_PROVIDER_VERSION: "~> 5.100" })).toThrow(
      /AWS_PROVIDER_VERSION: .* takes 6\.19\.0 or later.*; or set LAMBDA_RUNTIME=nodejs22\.x/,
    );
  });
});
