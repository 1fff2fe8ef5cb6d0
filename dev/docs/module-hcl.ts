import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "@cdktf/hcl2json";
import type { StackName } from "../../config/stacks";

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
  declared(root, module, "variables.tf", "variable");

export const moduleOutputs = (root: string, module: StackName): Promise<Declared<Output>> =>
  declared(root, module, "outputs.tf", "output");

async function declared<Of>(root: string, module: StackName, file: string, kind: string): Promise<Declared<Of>> {
  const path = join(root, "modules", module, file);
  const blocks: Declared<readonly [Of]> = (await parse(path, readFileSync(path, "utf8")))[kind];
  return Object.fromEntries(Object.entries(blocks).map(([name, [block]]) => [name, block]));
}
