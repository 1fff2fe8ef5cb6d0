import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeDeep } from "../support/deep";
import { BOTH, FUNCTION_ENVIRONMENT } from "../support/settings";
import { type Json, synthesized } from "../support/stacks";

/** What stands in the stack, computed by Terraform itself over values of our own. */
describeDeep("Terraform's expressions", ({ terraform }) => {
  const directory = mkdtempSync(join(tmpdir(), "cognito-migration-expressions-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  function evaluated(locals: Json, expression: string): Json {
    writeFileSync(join(directory, "main.tf.json"), JSON.stringify({ locals }));
    const { stdout, stderr } = spawnSync(terraform, ["console"], {
      cwd: directory,
      encoding: "utf8",
      input: `jsonencode(${expression})`,
      env: { PATH: process.env["PATH"], HOME: directory, CHECKPOINT_DISABLE: "1" },
    });
    if (stdout === "") throw new Error(stderr);
    return JSON.parse(JSON.parse(stdout));
  }

  const { locals, resource } = synthesized(BOTH).destination;
  const last = resource.aws_lambda_function.function.lifecycle.precondition.at(-1);
  const withText = (DESTINATION_SCHEMA: string): Json => ({ ...FUNCTION_ENVIRONMENT, DESTINATION_SCHEMA });
  const filled = (bytes: number): Json => {
    const room = bytes - Buffer.byteLength(JSON.stringify(withText("")));
    return withText("x".repeat(room));
  };

  test.each<[string, Json]>([
    ["as usual", FUNCTION_ENVIRONMENT],
    ["one byte more", withText("x")],
    ["two bytes more", withText("xx")],
    ["JSON, whose quotes count twice", withText('{"String 0 2048":["email","name"]}')],
    ["letters of two, three and four bytes", withText("ü名🙂")],
    ["as much as Lambda takes", filled(4096)],
    ["a byte more than Lambda takes", filled(4097)],
  ])("the bytes of an environment, %s", (_, environment) => {
    const over = { ...locals, "function-environment": environment };
    const bytes = Buffer.byteLength(JSON.stringify(environment));
    expect(evaluated(over, "local.function-environment-bytes")).toBe(bytes);
    expect(evaluated(over, last.condition.slice(2, -1))).toBe(bytes <= 4096);
    const schema = Buffer.byteLength(environment.DESTINATION_SCHEMA);
    expect(evaluated(over, JSON.stringify(last.error_message).replaceAll('\\"', '"'))).toMatch(
      new RegExp(`would have ${bytes} bytes, .* takes ${schema}\\.$`),
    );
  });

  const ODD = [
    "a,b",
    '"q"',
    "back\\slash",
    "${var.x}",
    "%{if}",
    "$${x}",
    "<&>",
    "a=b:c",
    "#1",
    "名前",
    " end ",
    "tab\tline\n",
  ];
  const POOL = "data.aws_cognito_user_pool.user-pool";

  test.each(ODD.map((name) => `custom:${name}`))("the rules for attribute %j", (name) => {
    const { destination, source } = synthesized({
      ...BOTH,
      ATTRIBUTE_EXCLUDE: JSON.stringify([name]),
      ATTRIBUTE_MAP: JSON.stringify({ sub: `${name}2` }),
    });
    const fn = destination.resource.aws_lambda_function.function;
    const client = source.resource.aws_cognito_user_pool_client["app-client"];
    const template = (text: string): Json => evaluated({ template: text }, "local.template");
    expect(listIn(template(fn.environment.variables.ATTRIBUTE_EXCLUDE))).toEqual([name]);
    expect(mapIn(template(fn.environment.variables.ATTRIBUTE_MAP))).toEqual({ sub: `${name}2` });
    const checks = [...fn.lifecycle.precondition.slice(1, 3), ...client.lifecycle.precondition];
    expect(checks).toHaveLength(3);
    for (const { condition, error_message } of checks) {
      const over = (names: string[]): Json => {
        // So that Terraform reads nothing in it.
        const pool = Buffer.from(JSON.stringify({ schema_attributes: names.map((one) => ({ name: one })) }));
        const locals = { pool: `\${jsondecode(base64decode("${pool.toString("base64")}"))}` };
        return evaluated({ ...locals, answer: condition.replaceAll(POOL, "local.pool") }, "local.answer");
      };
      expect(over(["sub", name, `${name}2`])).toBe(true);
      expect(over(["sub", `${name}x`])).toBe(false);
      expect(template(error_message)).toContain(name);
    }
  });
});

/** As an operator's eye reads them: one name, or one pair, that stands for itself, or JSON. */
const listIn = (text: string): string[] => (text.startsWith("[") ? JSON.parse(text) : [text]);
const mapIn = (text: string): Json => (text.startsWith("{") ? JSON.parse(text) : Object.fromEntries([text.split("=")]));
