import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { peopleOf } from "../../sandbox/accounts/people";
import { sampleUsers } from "../../sandbox/accounts/sample-users";
import { describeDeep, leftIn } from "../support/deep";
import { ROOT } from "../support/program";
import { Lab, type Migration } from "./lab/lab";
import type { Outcome, Project } from "./lab/project";

const SOURCE = { account: "111111111111", region: "eu-west-1" };
const DESTINATION = { account: "222222222222", region: "eu-west-1" };
const STACKS = ["source", "destination"] as const;
const S3 = { STATE_BACKEND: "s3", STATE_BUCKET: "example-state", STATE_REGION: "eu-west-1" };

const saidBy = ({ output }: Outcome): string => output.replaceAll(/\s*\n?[│╵╷]?\s+/g, " ");

describeDeep("several migrations in one checkout", (tools) => {
  let lab: Lab;
  let customers: Migration;
  let shop: Migration;
  beforeAll(async () => {
    lab = await Lab.open(ROOT, tools);
    await lab.live.createBucket(SOURCE, S3.STATE_BUCKET);
  });
  afterAll(() => lab.close());

  const left = async (): Promise<string[]> => [
    ...(await leftIn(lab.live, SOURCE)),
    ...(await leftIn(lab.live, DESTINATION)),
  ];
  const of = ({ name }: Migration, resources: readonly string[]): string[] =>
    resources.filter((resource) => resource.includes(`_${name}`));

  describe.each([
    ["local files", {}],
    ["S3", S3],
  ])("with state in %s", (_, backend) => {
    let project: Project;
    beforeAll(async () => {
      project = lab.project();
      customers = await lab.prepare("customers", SOURCE, DESTINATION);
      shop = await lab.prepare("shop", SOURCE, DESTINATION);
    });

    const synth = (migration: Migration, over = {}) => project.synth({ ...migration.settings, ...backend, ...over });
    /** As `cdktf deploy` does it: it initializes anew every time. */
    async function deploy(migration: Migration): Promise<string> {
      await synth(migration);
      let output = "";
      for (const stack of STACKS) output += await lab.apply(project, migration, stack);
      return output;
    }
    async function inStack(
      migration: Migration,
      stack: (typeof STACKS)[number],
      ...command: string[]
    ): Promise<Outcome> {
      const as = await lab.credentials(migration, stack);
      const { status, output } = await project.terraform(stack, ["init"], as);
      expect([status, output]).toEqual([0, expect.stringContaining("successfully initialized")]);
      return project.terraform(stack, command, as);
    }

    test("each is deployed in turn, changes nothing of the other, and users sign in", async () => {
      expect(await deploy(customers)).toMatch(/Apply complete!(?:.|\n)*Apply complete!/);
      const before = await left();
      expect(await deploy(shop)).toMatch(/Apply complete!(?:.|\n)*Apply complete!/);
      expect(of(customers, await left())).toEqual(of(customers, before));
      const [user] = sampleUsers();
      if (user === undefined) throw new Error("no user");
      for (const migration of [customers, shop, customers]) {
        const output = await deploy(migration);
        expect(output.match(/0 added, 0 changed, 0 destroyed/g)).toHaveLength(2);
        const world = await lab.openWorld(project, migration, [user]);
        expect(await peopleOf(world.destination).signIn(user.email, user.password)).toBe("tokens");
        await world.close();
      }
    });

    test("one under another's state, or for another user pool, is refused before anything is planned", async () => {
      const another = { SOURCE_USER_POOL_ID: shop.source.id };
      if (!("STATE_BUCKET" in backend)) {
        // A state in a file is read before Terraform is asked.
        await expect(synth(customers, another)).rejects.toThrow(
          `is of migration customers and user pool ${customers.source.id}; the settings say migration customers and user pool ${shop.source.id}.`,
        );
        return;
      }
      const others: [Record<string, string>, string][] = [
        [another, `the settings say customers and ${shop.source.id}`],
        // Under a key that does not have the name.
        [
          { USER_POOL_NAME: "renamed", STATE_KEY_PREFIX: "cognito-migration/customers" },
          "the settings say renamed and",
        ],
      ];
      for (const [over, said] of others) {
        await synth(customers, over);
        const outcome = await inStack(customers, "source", "plan");
        expect([outcome.status, saidBy(outcome)]).toEqual([1, expect.stringContaining(said)]);
        expect(saidBy(outcome)).toContain(`This state is of migration customers and user pool ${customers.source.id};`);
      }
    });

    test("one is destroyed alone, and the other works as before", async () => {
      const before = of(shop, await left());
      await synth(customers);
      for (const stack of ["destination", "source"] as const)
        expect((await inStack(customers, stack, "destroy", "-auto-approve")).status).toBe(0);
      expect(of(customers, await left())).toEqual([]);
      expect(of(shop, await left())).toEqual(before);
      await synth(shop);
      for (const stack of STACKS) expect((await inStack(shop, stack, "plan", "-detailed-exitcode")).status).toBe(0);
      for (const stack of ["destination", "source"] as const)
        expect((await inStack(shop, stack, "destroy", "-auto-approve")).status).toBe(0);
      expect(await left()).toEqual([]);
    });
  });

  test("a state of the version before is found, and kept from being planned anew until it is moved", async () => {
    const project = lab.project();
    const migration = await lab.prepare("clients", SOURCE, DESTINATION);
    await project.synth(migration.settings);
    await lab.apply(project, migration, "source");
    const [former, own] = ["terraform.source.tfstate", "terraform.clients.source.tfstate"].map((name) =>
      join(project.directory, name),
    ) as [string, string];
    renameSync(own, former);
    await expect(project.synth(migration.settings)).rejects.toThrow(
      "mv -n terraform.source.tfstate terraform.clients.source.tfstate",
    );
    renameSync(former, own);
    await project.synth(migration.settings);
    const as = await lab.credentials(migration, "source");
    expect((await project.terraform("source", ["init"], as)).status).toBe(0);
    expect((await project.terraform("source", ["plan", "-detailed-exitcode"], as)).status).toBe(0);

    // Into S3: Terraform asks to take the state along, as it must where the migration is the same.
    await project.synth({ ...migration.settings, ...S3 });
    const asked = await project.terraform("source", ["init"], as);
    expect([asked.status, saidBy(asked)]).toEqual([1, expect.stringContaining("-migrate-state")]);
    expect((await project.terraform("source", ["init", "-migrate-state", "-force-copy"], as)).status).toBe(0);
    expect((await project.terraform("source", ["plan", "-detailed-exitcode"], as)).status).toBe(0);
    // The file stays, and is no reason to refuse for as long as Terraform knows better.
    await project.synth({ ...migration.settings, ...S3 });
    expect(existsSync(own)).toBe(true);
    rmSync(join(project.stackDirectory("source"), ".terraform/terraform.tfstate"));
    await expect(project.synth({ ...migration.settings, ...S3 })).rejects.toThrow("would plan everything anew");
    rmSync(own);
    await project.synth({ ...migration.settings, ...S3 });
    expect((await project.terraform("source", ["init"], as)).status).toBe(0);
    expect((await project.terraform("source", ["destroy", "-auto-approve"], as)).status).toBe(0);
  });
});
