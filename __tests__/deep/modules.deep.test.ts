import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CreateGroupCommand } from "@aws-sdk/client-cognito-identity-provider";
import type { StackName } from "../../config/stacks";
import { describeDeep, STACKS } from "../support/deep";
import { moduleArguments, variablesOfModule } from "../support/module-variables";
import { ROOT } from "../support/program";
import { Lab, type Migration } from "./lab/lab";
import { ALL_OF_GROUPS, BY_EMAIL, CASES, GROUPS, type Settings, USERNAMES } from "./lab/module-cases";
import { modulePath, writeModuleRoot } from "./lab/module-roots";
import { planned } from "./lab/planned";
import type { Project } from "./lab/project";

/** As an administrator of the destination gives them, so that a plan knows them before anything is there. */
const OF_THE_SOURCE = {
  SOURCE_ROLE_ARN: "arn:aws:iam::111111111111:role/cognito_migration_same",
  SOURCE_APP_CLIENT_ID: "1h57kf5cpq17m0eml12EXAMPLE",
  SOURCE_USERNAME_ATTRIBUTES: "email",
};

/** Changes of a module that its plan must not hide: file, text, other text. */
const TAMPERED: Readonly<Record<StackName, readonly (readonly [file: string, from: string, to: string])[]>> = {
  source: [
    ["main.tf", 'StringEquals = { "sts:ExternalId" = local.external_id }', "StringEquals = {}"],
    ["outputs.tf", "value       = local.region", 'value       = "eu-west-2"'],
  ],
  destination: [
    ["main.tf", "sensitive(terraform_data.log_user_key", "nonsensitive(terraform_data.log_user_key"],
    ["alarms.tf", "var.source_sign_in_quota * 48", "var.source_sign_in_quota * 60"],
    ["stamp.tf", 'var.groups, "*") && (group', 'var.groups, "*") || (group'],
    ["token.tf", 'Action   = "cognito-idp:AdminAddUserToGroup"', 'Action   = "cognito-idp:*"'],
    ["token.tf", "STAMP_KEY_BEFORE = sensitive(", "STAMP_KEY_BEFORE = nonsensitive("],
    ["token-alarms.tf", "threshold           = 2500", "threshold           = 4500"],
    ["dashboard.json.tftpl", "${function_name}-token-slow", "${function_name}-slow"],
  ],
};

describeDeep("the Terraform modules", (tools) => {
  let lab: Lab;
  let stacks: Project;
  let modules: Project;
  let pools: Readonly<Record<"by email" | "usernames", Migration>>;

  beforeAll(async () => {
    lab = await Lab.open(ROOT, tools);
    stacks = lab.project();
    modules = lab.project();
    const [source, destination] = [
      { account: "111111111111", region: "eu-west-1" },
      { account: "222222222222", region: "eu-central-1" },
    ];
    pools = {
      "by email": await lab.prepare("email", source, destination, BY_EMAIL),
      usernames: await lab.prepare("usernames", source, source, USERNAMES),
    };
    const { id: UserPoolId } = pools["by email"].destination;
    const cognito = await lab.live.cognito(destination);
    for (const [GroupName, RoleArn] of GROUPS)
      await cognito.send(new CreateGroupCommand({ UserPoolId, GroupName, RoleArn }));
  });
  afterAll(() => lab.close());

  const settingsOf = (migration: Migration, settings: Settings): Settings => {
    const { ATTRIBUTE_MAP: _, ...required } = migration.settings;
    return { ...required, USER_POOL_NAME: "same", ...OF_THE_SOURCE, ...settings };
  };

  /** Both programs with the same settings, each in a folder of its own. */
  async function write(settings: Settings): Promise<void> {
    await stacks.synth(settings);
    for (const stack of STACKS) {
      const handler =
        stack === "destination" ? { handler_zip: zipOf(stacks, "handler"), token_zip: zipOf(stacks, "token") } : {};
      writeModuleRoot(modules, stacks, stack, { ...(await moduleArguments(stack, settings)), ...handler });
    }
    // At the same relative path, which is compared, too.
    const assets = (project: Project): string => join(project.stackDirectory("destination"), "assets");
    cpSync(assets(stacks), assets(modules), { recursive: true });
  }

  /**
   * What nothing but an apply can tell must be there: one unknown value in a map hides all others, and nothing of the function's
   * environment would be compared.
   */
  async function makeKeys(migration: Migration, settings: Settings): Promise<void> {
    const last = settings["MIGRATION_STAMP"] === "on" ? Number(settings["STAMP_KEY_NUMBER"] ?? 1) : 0;
    const numbers = [last - 1, last].filter((number) => number > 0);
    const module = "module.destination.terraform_data";
    const keys = [
      [stacks, ["log-user-key", ...numbers.map((n) => `stamp-key-${n}`)].map((name) => `terraform_data.${name}`)],
      [modules, [`${module}.log_user_key`, ...numbers.map((n) => `${module}.stamp_key["${n}"]`)]],
    ] as const;
    for (const [project, addresses] of keys) {
      for (const stack of STACKS) {
        const { status, output } = await project.terraform(stack, ["init"], await lab.credentials(migration, stack));
        if (status !== 0) throw new Error(output);
      }
      const as = await lab.credentials(migration, "destination");
      const { status, output } = await project.terraform(
        "destination",
        ["apply", "-auto-approve", ...addresses.map((address) => `-target=${address}`)],
        as,
      );
      if (status !== 0) throw new Error(output);
    }
  }

  test("the cases set everything that a module has a variable for, and the program a setting", async () => {
    const all = CASES.flatMap(([, , settings]) => Object.keys(settings));
    const required = [...Object.keys(settingsOf(pools["by email"], {})), "DESTINATION_ACCOUNT"];
    const extra = [
      "iam_path",
      "destination_iam_path",
      "permissions_boundary",
      "log_kms_key_arn",
      "handler_zip",
      "token_zip",
    ];
    for (const stack of STACKS) {
      const variables = Object.keys(await variablesOfModule(stack)).filter((name) => !extra.includes(name));
      expect(variables.filter((name) => ![...all, ...required].includes(name.toUpperCase()))).toEqual([]);
    }
  });

  describe.each(CASES)("%s", (title, which, settings) => {
    test.each(STACKS)("the module %s plans what the stack plans", async (stack) => {
      const migration = pools[which];
      if (stack === "source") {
        await write(settingsOf(migration, settings));
        if (title === CASES[0]?.[0] || settings["MIGRATION_STAMP"] === "on") await makeKeys(migration, settings);
      }
      const as = await lab.credentials(migration, stack);
      const [expected, found] = await Promise.all([planned(stacks, stack, as), planned(modules, stack, as)]);
      if (stack === "destination") expect(JSON.stringify(expected)).toContain('"DESTINATION_SCHEMA":"{');
      expect(found).toEqual(expected);
    });
  });

  test.each(STACKS)(
    "a change of the module %s shows",
    async (stack) => {
      const migration = pools["by email"];
      const settings = { ...CASES[1]?.[2], ...ALL_OF_GROUPS };
      await write(settingsOf(migration, settings));
      await makeKeys(migration, settings);
      const as = await lab.credentials(migration, stack);
      const expected = await planned(stacks, stack, as);
      for (const [file, from, to] of TAMPERED[stack]) {
        const path = modulePath(modules, stack, file);
        const text = readFileSync(path, "utf8");
        expect(text.split(from)).toHaveLength(2);
        writeFileSync(
          path,
          text.replace(from, () => to),
        );
        expect(await planned(modules, stack, as)).not.toEqual(expected);
        writeFileSync(path, text);
      }
      // A plan for each.
    },
    600_000,
  );
});

/** Where the stack's plan finds the zip, from its folder on. */
function zipOf(stacks: Project, name: "handler" | "token"): string {
  const document = readFileSync(join(stacks.stackDirectory("destination"), "cdk.tf.json"), "utf8");
  return new RegExp(`"filename": "([^"]+/${name}\\.zip)"`).exec(document)?.[1] ?? "";
}
