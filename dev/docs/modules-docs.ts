import type { StackName } from "../../config/stacks";
import { withBlock } from "../../sandbox/demo/marked-block";
import { moduleOutputs, moduleVariables, type Variable } from "./module-hcl";

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
