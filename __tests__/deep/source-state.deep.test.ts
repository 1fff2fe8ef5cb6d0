import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeDeep } from "../support/deep";
import { ROOT } from "../support/program";
import { Lab, type Migration } from "./lab/lab";
import type { Outcome, Project } from "./lab/project";

const SOURCE = { account: "111111111111", region: "eu-west-1" };
const DESTINATION = { account: "222222222222", region: "eu-west-1" };

const ROLE = "arn:aws:iam::111111111111:role/cognito_migration_customers";
const EVERYTHING = '"},{"Effect":"Allow","Action":"*","Resource":"*';

type Outputs = Record<string, { value: unknown; type: unknown }>;

describeDeep("a state of the source that somebody has written into", (tools) => {
  let lab: Lab;
  let migration: Migration;
  let project: Project;
  let state: string;
  beforeAll(async () => {
    lab = await Lab.open(ROOT, tools);
    migration = await lab.prepare("customers", SOURCE, DESTINATION);
    project = lab.project();
    await project.synth(migration.settings);
    await lab.apply(project, migration, "source");
    state = readFileSync(join(project.directory, "terraform.customers.source.tfstate"), "utf8");
    await project.terraform("destination", ["init"], await lab.credentials(migration, "destination"));
  });
  afterAll(() => lab.close());

  async function planWith(change: (outputs: Outputs) => void): Promise<Outcome> {
    const changed = JSON.parse(state) as { outputs: Outputs };
    change(changed.outputs);
    writeFileSync(join(project.directory, "terraform.customers.source.tfstate"), JSON.stringify(changed));
    return project.terraform("destination", ["plan"], await lab.credentials(migration, "destination"));
  }
  const write = (name: string, value: unknown) => (outputs: Outputs) => {
    outputs[name] = { value, type: typeof value === "string" ? "string" : ["tuple", ["string"]] };
  };
  /** Of the policy and of the function nothing may be planned. */
  const refusals = ({ status, output }: Outcome): string[] => {
    expect(status).not.toBe(0);
    expect(output).not.toMatch(/(role-policy|aws_lambda_function\.function) will be created/);
    const told = output.replaceAll(/\s*\n?[│╵╷]?\s+/g, " ");
    return [...told.matchAll(/Output (\w+) of the source stack is missing, or is not \S/g)].map(
      ([, name]) => name ?? "",
    );
  };

  test("as the source stack wrote it, it is taken", async () => {
    const { status, output } = await planWith(() => undefined);
    expect([status, output.match(/aws_iam_role_policy\.role-policy will be created/)?.length]).toEqual([0, 1]);
  });

  test.each<[string, unknown]>([
    ["that ends the policy and begins another", `*${EVERYTHING}`],
    ["that is one, and then more", `${ROLE}${EVERYTHING}`],
    ["that is every role", "*"],
    ["in another account", ROLE.replace("111111111111", "333333333333")],
    ["of another name", ROLE.replace("customers", "others")],
    ["in a list", [ROLE]],
  ])("a role %s is refused", async (_, arn) => {
    expect(refusals(await planWith(write("role_arn", arn)))).toEqual(["role_arn"]);
  });

  test("every other value that is not as the settings say is refused, all at once", async () => {
    const others = {
      app_client_id: 'x","y":"z',
      user_pool_id: "eu-west-1_Another01",
      region: "eu-west-2",
      mfa_configuration: "off",
      username_attributes: "email,username",
      external_id: "another",
    };
    const outcome = await planWith((outputs) => {
      for (const [name, value] of Object.entries(others)) write(name, value)(outputs);
    });
    expect(refusals(outcome).sort()).toEqual(Object.keys(others).sort());
  });

  test("one of an older source stack is one error, which says to deploy source first", async () => {
    const outcome = await planWith((outputs) => {
      delete outputs["username_attributes"];
    });
    expect(refusals(outcome)).toEqual(["username_attributes"]);
    expect(outcome.output.match(/^Error: /gm)).toHaveLength(1);
    expect(outcome.output.replaceAll(/\s+/g, " ")).toContain("Deploy stack source first, with the same settings");
  });
});
