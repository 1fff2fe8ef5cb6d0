import { DeleteUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import type { StackName } from "../../config/stacks";
import { describeDeep, leftIn, STACKS } from "../support/deep";
import { ROOT } from "../support/program";
import { Lab } from "./lab/lab";
import type { Outcome } from "./lab/project";

const SOURCE = { account: "111111111111", region: "eu-west-1" };
const DESTINATION = { account: "222222222222", region: "eu-west-1" };

/** docs/runbook.md, step 11. */
describeDeep("destroying after the user pools were deleted", (tools) => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.open(ROOT, tools);
  });
  afterAll(() => lab.close());

  test("either stack goes with -refresh=false, and nothing is left", async () => {
    const migration = await lab.prepare("deleted", SOURCE, DESTINATION);
    const project = lab.project();
    await project.synth(migration.settings);
    const destroy = async (stack: StackName, ...options: string[]): Promise<Outcome> =>
      project.terraform(stack, ["destroy", "-auto-approve", ...options], await lab.credentials(migration, stack));

    for (const stack of STACKS) await lab.apply(project, migration, stack);
    for (const stack of STACKS) {
      const { id } = migration[stack];
      await (await lab.live.cognito(migration[stack])).send(new DeleteUserPoolCommand({ UserPoolId: id }));
    }
    for (const stack of ["destination", "source"] as const) {
      expect(await destroy(stack)).toEqual({ status: 1, output: expect.stringContaining("couldn't find resource") });
      expect(await destroy(stack, "-refresh=false")).toEqual({
        status: 0,
        output: expect.stringMatching(/Destroy complete! Resources: [1-9]/),
      });
    }
    expect([...(await leftIn(lab.live, SOURCE)), ...(await leftIn(lab.live, DESTINATION))]).toEqual([]);
  });
});
