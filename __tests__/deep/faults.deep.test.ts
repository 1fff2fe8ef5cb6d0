import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeDeep, leftIn, MENDED } from "../support/deep";
import { ROOT } from "../support/program";
import { Lab, type Migration } from "./lab/lab";
import type { Project } from "./lab/project";

const SCHEMA_ERROR = /Extraneous|Unsupported (argument|block)|Invalid or missing/;

const SOURCE = { account: "111111111111", region: "eu-west-1" };
const DESTINATION = { account: "222222222222", region: "eu-west-1" };

describeDeep("when something breaks", (tools) => {
  let lab: Lab;
  let migration: Migration;
  beforeAll(async () => {
    lab = await Lab.open(ROOT, tools);
    migration = await lab.prepare("faults", SOURCE, DESTINATION);
  });
  afterAll(() => lab.close());

  const synthesized = async (settings: Record<string, string> = {}): Promise<Project> => {
    const project = lab.project();
    await project.synth({ ...migration.settings, ...settings });
    return project;
  };

  test("an apply that is killed half-way converges when it is run again", async () => {
    const project = await synthesized();
    await lab.apply(project, migration, "source");
    const as = await lab.credentials(migration, "destination");
    await project.terraform("destination", ["init"], as);

    const crash = new AbortController();
    lab.shim.intercept = async ({ method, path }) => {
      if (method !== "POST" || !/\/functions\/?$/.test(path)) return undefined;
      crash.abort();
      // The request never arrives.
      return new Promise(() => undefined);
    };
    const killed = await project.terraform("destination", ["apply", "-auto-approve"], as, { signal: crash.signal });
    lab.shim.intercept = undefined;
    expect(killed.status).not.toBe(0);
    expect(await leftIn(lab.live, DESTINATION)).toContain("role cognito_migration_lambda_faults");
    expect(await leftIn(lab.live, DESTINATION)).not.toContain("function cognito_migration_faults");

    const again = await project.terraform("destination", ["apply", "-auto-approve"], as);
    expect([again.status, again.output.match(/Apply complete!/)?.length]).toEqual([0, 1]);
    expect((await project.terraform("destination", ["plan", "-detailed-exitcode"], as)).status).toBe(0);

    for (const stack of ["destination", "source"] as const)
      expect(
        (await project.terraform(stack, ["destroy", "-auto-approve"], await lab.credentials(migration, stack))).status,
      ).toBe(0);
    expect([...(await leftIn(lab.live, SOURCE)), ...(await leftIn(lab.live, DESTINATION))]).toEqual([]);
  });

  test("a state backend out of reach is named", async () => {
    const project = await synthesized({
      STATE_BACKEND: "s3",
      STATE_BUCKET: "example-state",
      STATE_REGION: "eu-west-1",
    });
    const as = await lab.credentials(migration, "source");
    const { status, output } = await project.terraform("source", ["init"], as, {
      env: { AWS_ENDPOINT_URL: "http://127.0.0.1:9" },
    });
    expect(status).not.toBe(0);
    expect(output).toContain("connection refused");
  });

  describe("state in S3", () => {
    const S3 = { STATE_BACKEND: "s3", STATE_BUCKET: "example-state", STATE_REGION: "eu-west-1" };
    beforeAll(async () => {
      await lab.live.createBucket(SOURCE, "example-state");
    });

    test("of two applies at once, one is refused, and nothing is corrupted", async () => {
      const [first, second] = [await synthesized(S3), await synthesized(S3)];
      const as = await lab.credentials(migration, "source");
      for (const project of [first, second]) expect((await project.terraform("source", ["init"], as)).status).toBe(0);

      let release = (): void => undefined;
      let reached = (): void => undefined;
      const atRole = new Promise<void>((resolve) => {
        reached = resolve;
      });
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      lab.shim.intercept = async ({ body }) => {
        if (!/(^|&)Action=CreateRole(&|$)/.test(body)) return undefined;
        reached();
        await held;
        return undefined;
      };
      const running = first.terraform("source", ["apply", "-auto-approve"], as);
      await atRole;
      const refused = await second.terraform("source", ["apply", "-auto-approve"], as);
      release();
      lab.shim.intercept = undefined;
      expect(refused.status).not.toBe(0);
      expect(refused.output).toContain("Error acquiring the state lock");
      expect((await running).status).toBe(0);
      expect((await second.terraform("source", ["plan", "-detailed-exitcode"], as)).status).toBe(0);
      expect((await second.terraform("source", ["destroy", "-auto-approve"], as)).status).toBe(0);
    });
  });

  test("the emulator's answers were mended in the known ways and no others", () => {
    expect([...lab.shim.changed]).toEqual(MENDED);
  });

  describe("state in HCP Terraform", () => {
    // A name that never resolves (RFC 2606): everything before the first call is checked, nothing after it.
    const CLOUD = { STATE_BACKEND: "cloud", TF_CLOUD_ORGANIZATION: "example-org", TF_CLOUD_HOSTNAME: "hcp.invalid" };

    test.each(["source", "destination"] as const)(
      "Terraform takes the cloud block of %s and goes looking for its host",
      async (stack) => {
        const project = await synthesized(CLOUD);
        const { status, output } = await project.terraform(stack, ["init"], await lab.credentials(migration, stack));
        expect(status).not.toBe(0);
        expect(output).toContain("hcp.invalid");
        expect(output).not.toMatch(SCHEMA_ERROR);
      },
    );

    test("and would say so if the block were wrong", async () => {
      const project = await synthesized(CLOUD);
      const file = join(project.stackDirectory("source"), "cdk.tf.json");
      writeFileSync(file, readFileSync(file, "utf8").replace('"organization"', '"organisation"'));
      const { output } = await project.terraform("source", ["init"], await lab.credentials(migration, "source"));
      expect(output).toMatch(SCHEMA_ERROR);
    });
  });
});
