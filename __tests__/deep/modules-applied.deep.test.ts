import type { StackName } from "../../config/stacks";
import { peopleOf } from "../../sandbox/accounts/people";
import { sampleUsers } from "../../sandbox/accounts/sample-users";
import { changesOf, describeDeep, leftIn, MENDED, STACKS } from "../support/deep";
import { moduleArguments } from "../support/module-variables";
import { ROOT } from "../support/program";
import { Lab, type Migration } from "./lab/lab";
import { writeModuleRoot } from "./lab/module-roots";
import type { Project } from "./lab/project";

const SOURCE = { account: "111111111111", region: "eu-west-1" };
const DESTINATION = { account: "222222222222", region: "eu-central-1" };

describeDeep("both Terraform modules, applied", (tools) => {
  let lab: Lab;
  let migration: Migration;
  let modules: Project;
  let stacks: Project;
  beforeAll(async () => {
    lab = await Lab.open(ROOT, tools);
    migration = await lab.prepare("modules", SOURCE, DESTINATION);
    [stacks, modules] = [lab.project(), lab.project()];
    await stacks.synth(migration.settings);
  });
  afterAll(() => lab.close());

  /** One module as a caller has it. @param more Variables beside those of the settings. */
  async function apply(stack: StackName, more: Readonly<Record<string, unknown>>): Promise<void> {
    writeModuleRoot(modules, stacks, stack, { ...(await moduleArguments(stack, migration.settings)), ...more });
    await lab.apply(modules, migration, stack);
  }

  const as = (stack: StackName) => lab.credentials(migration, stack);

  async function outputsOfSource(): Promise<Record<string, string>> {
    const { output } = await modules.terraform("source", ["output", "-json"], await as("source"));
    const outputs = JSON.parse(output) as Record<string, { readonly value: string }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  test("a second plan changes nothing", async () => {
    await apply("source", { iam_path: "/migration/", destination_iam_path: "/functions/" });
    const { role_arn, app_client_id, mfa_configuration, username_attributes, external_id } = await outputsOfSource();
    await apply("destination", {
      source_role_arn: role_arn,
      source_app_client_id: app_client_id,
      source_mfa_configuration: mfa_configuration,
      source_username_attributes: username_attributes,
      external_id,
      iam_path: "/functions/",
    });
    for (const stack of STACKS) expect(await changesOf(modules, stack, await as(stack))).toEqual({});
  });

  test("a user keeps the password; with another External ID at the source nobody signs in", async () => {
    const [user, other, ...others] = sampleUsers();
    if (user === undefined || other === undefined) throw new Error("there are no sample users");
    const world = await lab.openWorld(modules, migration, [user, other, ...others]);
    try {
      const people = peopleOf(world.destination);
      expect(await people.signIn(user.email, `${user.password}x`)).toBe("NotAuthorizedException");
      expect(await people.signIn(user.email, user.password)).toBe("tokens");
      expect(world.decisions.filter(({ allowed }) => !allowed)).toEqual([]);

      const paths = { iam_path: "/migration/", destination_iam_path: "/functions/" };
      await apply("source", { ...paths, external_id: "another" });
      await world.function.stop();
      expect(await people.signIn(other.email, other.password)).not.toBe("tokens");
      expect(world.function.log).toContain('"reason":"access_denied"');

      await apply("source", paths);
      await world.function.stop();
      expect(await people.signIn(other.email, other.password)).toBe("tokens");
    } finally {
      await world.close();
    }
  });

  test("destroyed, nothing is left but the user pools", async () => {
    for (const stack of [...STACKS].reverse()) {
      const { status, output } = await modules.terraform(stack, ["destroy", "-auto-approve"], await as(stack));
      if (status !== 0) throw new Error(output);
    }
    expect([...(await leftIn(lab.live, SOURCE)), ...(await leftIn(lab.live, DESTINATION))]).toEqual([]);
    expect([...lab.shim.changed]).toEqual(MENDED);
  });
});
