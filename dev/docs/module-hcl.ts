import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "@cdktf/hcl2json";
import type { StackName } from "../../config/stacks";
import { withBlock } from "../../sandbox/demo/marked-block";

/** A variable as HCL declares it; expressions as `${…}`. */
export interface Variable {
  readonly type: string;
  readonly description: string;
  /** Absent: whoever calls the module must give a value. */
  readonly default?: unknown;
  readonly validation?: readonly { readonly condition: string; readonly error_message: string }[];
}

export interface Output {
  readonly description: string;
}

type Declared<Of> = Readonly<Record<string, Of>>;

/** @param root The project's folder. */
export const moduleVariables = (root: string, module: StackName): Promise<Declared<Variable>> =>
  declared(root, module, /^variables(-[a-z]+)?\.tf$/, "variable");

export const moduleOutputs = (root: string, module: StackName): Promise<Declared<Output>> =>
  declared(root, module, /^outputs\.tf$/, "output");

/** By name, in the order of the alphabet, from each file of the module that is called so. */
async function declared<Of>(root: string, module: StackName, files: RegExp, kind: string): Promise<Declared<Of>> {
  const folder = join(root, "modules", module);
  const all = readdirSync(folder)
    .filter((file) => files.test(file))
    .map(async (file): Promise<Declared<readonly [Of]>> => {
      const path = join(folder, file);
      return (await parse(path, readFileSync(path, "utf8")))[kind];
    });
  const blocks = (await Promise.all(all)).flatMap((found) => Object.entries(found));
  return Object.fromEntries(
    blocks.map(([name, [block]]) => [name, block] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** A module's README with its tables made anew. @param root The project's folder. */
export async function withModuleTables(page: string, root: string, module: StackName): Promise<string> {
  const variables = Object.entries(await moduleVariables(root, module)).map(
    ([name, variable]) =>
      `| \`${name}\` | ${variable.description} | \`${variable.type.slice(2, -1)}\` | ${defaultIn(variable)} |`,
  );
  const outputs = Object.entries(await moduleOutputs(root, module)).map(
    ([name, { description }]) => `| \`${name}\` | ${description} |`,
  );
  const inputs = ["| Name | What it is | Type | Default |", "|---|---|---|---|", ...variables].join("\n");
  return withBlock(
    withBlock(page, "inputs", inputs),
    "outputs",
    ["| Name | What it is |", "|---|---|", ...outputs].join("\n"),
  );
}

const defaultIn = (variable: Variable): string =>
  "default" in variable ? `\`${JSON.stringify(variable.default)}\`` : "required";
