import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StackName } from "../../config/stacks";
import { peopleOf } from "../../sandbox/accounts/people";
import { sampleUsers } from "../../sandbox/accounts/sample-users";
import { changesOf, describeDeep, leftIn, MENDED, STACKS } from "../support/deep";
import { moduleArguments } from "../support/module-variables";
import { ROOT } from "../support/program";
import { CUSTOM_ATTRIBUTES, Lab, type Migration, type Shapes } from "./lab/lab";
import { writeModuleRoot } from "./lab/module-roots";
import type { Project } from "./lab/project";

const SOURCE = { account: "111111111111", region: "eu-west-1" };
const DESTINATION = { account: "222222222222", region: "eu-central-1" };

const BY_EMAIL = { usernameAttributes: ["email"], requiredAttributes: ["email"] } as const;
const SHAPES: Shapes = {
  source: { ...BY_EMAIL, customAttributes: CUSTOM_ATTRIBUTES.source },
  destination: {
    ...BY_EMAIL,
    customAttributes: [
      ...CUSTOM_ATTRIBUTES.destination,
      {
        Name: "custom:migration",
        AttributeDataType: "String",
        StringAttributeConstraints: { MinLength: "0", MaxLength: "2048" },
      },
    ],
  },
};
const GROUPS = {
  migration_stamp: "on",
  stamp_key_readable: "accept",
  groups_mode: "token+member",
  groups: ["*"],
};

describeDeep("both Terraform modules, applied", (tools) => {
  let lab: Lab;
  let migration: Migration;
  let modules: Project;
  let stacks: Project;
  beforeAll(async () => {
    lab = await Lab.open(ROOT, tools);
    migration = await lab.prepare("modules", SOURCE, DESTINATION, SHAPES);
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

  /** What the destination's module is given of the source's, and its role's path. */
  async function ofTheSource(): Promise<Readonly<Record<string, unknown>>> {
    const { role_arn, app_client_id, mfa_configuration, username_attributes, external_id } = await outputsOfSource();
    return {
      source_role_arn: role_arn,
      source_app_client_id: app_client_id,
      source_mfa_configuration: mfa_configuration,
      source_username_attributes: username_attributes,
      external_id,
      iam_path: "/functions/",
    };
  }

  const environmentOf = async (name: string) => (await lab.live.function(DESTINATION, name, "")).environment;

  test("in one configuration, the first plan reads both pools", async () => {
    const both = lab.project();
    const root = both.stackDirectory("source");
    cpSync(join(ROOT, "modules"), join(root, "../../modules"), { recursive: true });
    mkdirSync(root, { recursive: true });
    const example = readFileSync(join(ROOT, "examples/terraform-modules/main.tf"), "utf8")
      .replace(">= 6.19", ">= 5.100")
      .replace(/(user_pool_name += )"customers"/, '$1"both"')
      .replace(/"eu-west-1_SourcePool"/, JSON.stringify(migration.source.id))
      .replace(/"arn:aws:cognito-idp:[^"]*"/, JSON.stringify(migration.destination.arn))
      .replace('module "destination" {', 'module "destination" {\n  lambda_runtime = "nodejs22.x"\n');
    writeFileSync(join(root, "main.tf"), example);
    cpSync(join(both.directory, "dist"), join(root, "../../dist"), { recursive: true });
    const profiles = { "legacy-admin": await as("source"), "identity-admin": await as("destination") };
    const file = join(both.directory, "credentials");
    const lines = Object.entries(profiles).map(
      ([name, { accessKeyId, secretAccessKey, sessionToken }]) =>
        `[${name}]\naws_access_key_id=${accessKeyId}\naws_secret_access_key=${secretAccessKey}\naws_session_token=${sessionToken}\n`,
    );
    writeFileSync(file, lines.join(""));
    const run = (...parameters: string[]) =>
      both.terraform("source", parameters, profiles["legacy-admin"], { env: { AWS_SHARED_CREDENTIALS_FILE: file } });
    await run("init");
    const { status, output } = await run("plan");
    expect([output, status]).toEqual([output, 0]);
    expect(output).toMatch(/^Plan: \d+ to add, 0 to change, 0 to destroy\.$/m);
    expect(output).not.toContain("will be read during apply");
  });

  test("a second plan changes nothing", async () => {
    await apply("source", { iam_path: "/migration/", destination_iam_path: "/functions/" });
    await apply("destination", await ofTheSource());
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

  test("with groups both functions have one key, and a rotation keeps the one before", async () => {
    const [migrating, token] = ["cognito_migration_modules", "cognito_migration_token_modules"];
    await apply("destination", { ...(await ofTheSource()), ...GROUPS });
    expect(await changesOf(modules, "destination", await as("destination"))).toEqual({});
    const { STAMP_KEY: first } = await environmentOf(migrating);
    expect(first).toMatch(/^[0-9a-f-]{72}$/);
    expect(await environmentOf(token)).toMatchObject({ STAMP_KEY: first, GROUPS_MODE: "token+member" });

    await apply("destination", { ...(await ofTheSource()), ...GROUPS, stamp_key_number: 2 });
    const { STAMP_KEY: second } = await environmentOf(migrating);
    expect(second).not.toBe(first);
    expect(await environmentOf(token)).toMatchObject({ STAMP_KEY: second, STAMP_KEY_BEFORE: first });
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
