import { rmSync } from "node:fs";
import { join } from "node:path";
import { DeleteUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import type { StackName } from "../../config/deployment";
import { Lab, type Migration } from "../../sandbox/terraform/lab";
import type { Outcome, Project } from "../../sandbox/terraform/project";
import { describeDeep, leftIn, STACKS } from "../support/deep";
import { ROOT } from "../support/program";

const SOURCE = { account: "111111111111", region: "eu-west-1" };
const DESTINATION = { account: "222222222222", region: "eu-west-1" };

/** docs/runbook.md, step 11. */
describeDeep("destroying what has lost its pool or its state", (tools) => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.open(ROOT, tools);
  });
  afterAll(() => lab.close());

  async function deployed(name: string) {
    const migration: Migration = await lab.prepare(name, SOURCE, DESTINATION);
    const project: Project = lab.project();
    await project.synth(migration.settings);
    for (const stack of STACKS) await lab.apply(project, migration, stack);
    const destroy = async (stack: StackName, ...options: string[]): Promise<Outcome> =>
      project.terraform(stack, ["destroy", "-auto-approve", ...options], await lab.credentials(migration, stack));
    return { migration, project, destroy };
  }
  const refused = (reason: RegExp | string): Outcome => ({ status: 1, output: expect.stringMatching(reason) });
  const destroyed = { status: 0, output: expect.stringMatching(/Destroy complete! Resources: [1-9]/) };
  const left = async (): Promise<string[]> => [
    ...(await leftIn(lab.live, SOURCE)),
    ...(await leftIn(lab.live, DESTINATION)),
  ];

  test("without its user pool either stack goes with -refresh=false, and nothing is left", async () => {
    const { migration, destroy } = await deployed("pool-gone");
    for (const stack of STACKS)
      await (await lab.live.cognito(migration[stack])).send(
        new DeleteUserPoolCommand({ UserPoolId: migration[stack].id }),
      );
    for (const stack of ["destination", "source"] as const) {
      expect(await destroy(stack)).toEqual(refused(/couldn't find resource/));
      expect(await destroy(stack, "-refresh=false")).toEqual(destroyed);
    }
    expect(await left()).toEqual([]);
  });

  test("without the source, or without its state, the destination goes with -refresh=false, and nothing is left", async () => {
    const { project, destroy } = await deployed("source-gone");
    expect(await destroy("source")).toEqual(destroyed);
    expect(await destroy("destination")).toEqual(refused("Unsupported attribute"));
    rmSync(join(project.directory, "terraform.source.tfstate"));
    expect(await destroy("destination")).toEqual(refused("Unable to find remote state"));
    expect(await destroy("destination", "-refresh=false")).toEqual(destroyed);
    expect(await left()).toEqual([]);
  });
});
