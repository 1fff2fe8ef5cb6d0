import { peopleOf } from "../../sandbox/accounts/people";
import { sampleUsers } from "../../sandbox/accounts/sample-users";
import { describeDeep, leftIn, MENDED, STACKS } from "../support/deep";
import { ROOT } from "../support/program";
import { Lab } from "./lab/lab";

describeDeep("where the pools are", (tools) => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.open(ROOT, tools);
  });
  afterAll(() => lab.close());

  test.each([
    [
      "one account and Region",
      { account: "111111111111", region: "eu-west-1" },
      { account: "111111111111", region: "eu-west-1" },
    ],
    [
      "two accounts and Regions",
      { account: "111111111111", region: "eu-west-1" },
      { account: "222222222222", region: "us-east-1" },
    ],
  ])("%s: both stacks apply, a user keeps the password, and nothing is left", async (_, source, destination) => {
    const migration = await lab.prepare("variant", source, destination);
    const project = lab.project();
    await project.synth(migration.settings);
    for (const stack of STACKS) await lab.apply(project, migration, stack);

    const [user, ...others] = sampleUsers();
    if (user === undefined) throw new Error("there are no sample users");
    const world = await lab.openWorld(project, migration, [user, ...others]);
    try {
      const people = peopleOf(world.destination);
      expect(await people.signIn(user.email, `${user.password}x`)).toBe("NotAuthorizedException");
      expect(await people.signIn(user.email, user.password)).toBe("tokens");
      expect(world.decisions.filter(({ allowed }) => !allowed)).toEqual([]);
    } finally {
      await world.close();
    }
    for (const stack of [...STACKS].reverse())
      expect(
        (await project.terraform(stack, ["destroy", "-auto-approve"], await lab.credentials(migration, stack))).status,
      ).toBe(0);
    expect([...(await leftIn(lab.live, source)), ...(await leftIn(lab.live, destination))]).toEqual([]);
    expect([...lab.shim.changed]).toEqual(MENDED);
  });
});
