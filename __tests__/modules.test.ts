import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { STATE_SETTINGS } from "../config/backends";
import type { Setting } from "../config/setting-values";
import { SETTING_NAMES, SETTINGS, type SettingName } from "../config/settings";
import { STACKS } from "../config/stacks";
import type { Variable } from "../dev/docs/module-hcl";
import { variablesOfModule } from "./support/module-variables";
import { ROOT } from "./support/program";
import { BOTH } from "./support/settings";
import { type Json, resources, synthesized } from "./support/stacks";

/** What a module has no variable for: it is the caller's, who has providers and a backend of his own. */
const THE_CALLERS: readonly string[] = [
  ...Object.keys(STATE_SETTINGS),
  "AWS_PROVIDER_VERSION",
  "SOURCE_PROFILE",
  "DESTINATION_PROFILE",
];

/** What a module has a variable for, and the program no setting. */
const EXTRA = [
  "handler_zip",
  "token_zip",
  "iam_path",
  "destination_iam_path",
  "permissions_boundary",
  "log_kms_key_arn",
] as const;

/** Their texts hold lists and maps, of which HCL has types, and no rule for how to write one. */
const STRUCTURED: readonly string[] = [
  "ATTRIBUTE_EXCLUDE",
  "ATTRIBUTE_MAP",
  "DESTINATION_ALIAS_ATTRIBUTES",
  "DESTINATION_CASE_SENSITIVE",
  "GROUPS",
  "GROUPS_MAP",
  "GROUPS_OR_REFUSE",
  "TAGS",
];

/** A module calls a setting by its variable. The longest first: the names of some begin with those of others. */
const inModule = (text: string): string =>
  [...SETTING_NAMES]
    .sort((a, b) => b.length - a.length)
    .reduce((said, name) => said.replaceAll(name, name.toLowerCase()), text);

/** What a setting is, without where else the stacks have it from, and how none is written. */
const subject = (name: SettingName): string =>
  inModule(SETTINGS[name].about).split(/,? when (?:it is|they are) not read|; goes together|, or `none`/)[0] ?? "";

let variables: readonly (readonly [title: string, name: string, Variable])[];
beforeAll(async () => {
  const all = STACKS.map(async (stack) =>
    Object.entries(await variablesOfModule(stack)).map(([name, one]) => [`${stack}.${name}`, name, one] as const),
  );
  variables = (await Promise.all(all)).flat();
});

const ofSettings = () =>
  variables.flatMap(([title, name, variable]) =>
    (EXTRA as readonly string[]).includes(name)
      ? []
      : [{ title, setting: name.toUpperCase() as SettingName, variable }],
  );

test("every setting is a variable of a module, or the caller's", () => {
  const names = new Set([...variables.map(([, name]) => name.toUpperCase()), ...THE_CALLERS]);
  expect([...names].sort()).toEqual([...SETTING_NAMES, ...EXTRA.map((name) => name.toUpperCase())].sort());
});

test("a variable is described in the words of its setting", () => {
  for (const { title, setting, variable } of ofSettings())
    expect([title, variable.description.startsWith(subject(setting))]).toEqual([title, true]);
});

test("a variable has the default of its setting, and where there is none, none", () => {
  for (const { title, setting, variable } of ofSettings()) {
    const { schema, note = "" }: Setting = SETTINGS[setting];
    const text = v.getDefault(schema);
    // Of the other module, or of this one by what the caller passes on.
    const isRequired =
      note.startsWith("required") || (/^output|^the account/.test(note) && setting !== "SOURCE_MFA_CONFIGURATION");
    const isGiven = "default" in variable;
    expect([title, isGiven]).toEqual([title, !isRequired]);
    if (text !== undefined) expect([title, String(variable.default)]).toEqual([title, text]);
  }
});

test("what is refused is refused in the words of the setting", () => {
  for (const { title, setting, variable } of ofSettings()) {
    const name = setting.toLowerCase();
    const messages = (variable.validation ?? []).map(({ error_message }) => error_message);
    for (const message of messages)
      expect([title, message.startsWith(`${name}: found \${jsonencode(var.${name})}, expected `)]).toEqual([
        title,
        true,
      ]);
    if (STRUCTURED.includes(setting)) continue;
    expect([title, messages[0]?.replace(/^.*?, expected /, "")]).toEqual([
      title,
      `${inModule(SETTINGS[setting].expected)}.`,
    ]);
  }
});

test("what the pool alone can tell is refused in the words of the stacks", () => {
  const stacks = synthesized({
    ...BOTH,
    MFA_POLICY: "sms",
    ATTRIBUTE_EXCLUDE: "nickname",
    ATTRIBUTE_MAP: "custom:tier=custom:plan",
    DESTINATION_ALIAS_ATTRIBUTES: "email",
    MIGRATION_STAMP: "on",
    STAMP_KEY_READABLE: "accept",
  });
  for (const stack of STACKS) {
    const hcl = ["main.tf", "environment.tf"]
      .filter((file) => stack === "destination" || file === "main.tf")
      .map((file) => readFileSync(join(ROOT, "modules", stack, file), "utf8"))
      .join("\n");
    const preconditions: { error_message: string }[] = Object.values<Json>(resources(stacks[stack])).flatMap(
      ({ lifecycle }) => lifecycle?.precondition ?? [],
    );
    const messages = preconditions
      // Its sizes are counted anew in each language.
      .filter(({ error_message }) => !error_message.startsWith("The function's environment"))
      // Of a list in HCL: from where the names are.
      .map(({ error_message }) => inModule(error_message).replace(/^.* names [^,]*,/, ","))
      .map((text) => text.replace(/^(stamp_attribute is) custom:migration,/, "$1 ${var.stamp_attribute},"))
      .map((text) =>
        text.replaceAll(
          /eu-[a-z]+-1_(Source|Dest)0+1/g,
          stack === "source" ? "${var.source_user_pool_id}" : "${local.pool_id}",
        ),
      );
    expect(messages.length).toBeGreaterThan(1);
    expect(messages.filter((message) => !hcl.includes(message))).toEqual([]);
  }
});
