import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StackName } from "../../../config/stacks";
import { ROOT } from "../../support/program";
import type { Project } from "./project";

/** What is read of a synthesized stack. */
interface Synthesized {
  readonly provider: { readonly aws: readonly Readonly<Record<string, unknown>>[] };
  readonly terraform: { readonly required_providers: unknown };
  readonly output: Readonly<Record<string, unknown>>;
}

const synthesized = (project: Project, stack: StackName): Synthesized =>
  JSON.parse(readFileSync(join(project.stackDirectory(stack), "cdk.tf.json"), "utf8"));

/** The modules, as copies that a test may change. */
export const modulePath = (project: Project, stack: StackName, file: string): string =>
  join(project.directory, "modules", stack, file);

/**
 * Makes a project one that calls the modules: in each stack's folder stands a root with the stack's own provider and outputs, so that all
 * which runs in the lab on stacks runs on them.
 *
 * @param stacks Where the stacks of the same settings are synthesized.
 */
export function writeModuleRoot(
  project: Project,
  stacks: Project,
  stack: StackName,
  variables: Readonly<Record<string, unknown>>,
): void {
  cpSync(join(ROOT, "modules"), join(project.directory, "modules"), { recursive: true });
  const { provider, terraform, output } = synthesized(stacks, stack);
  // The tags are the module's.
  const [{ default_tags: _, ...aws } = {}] = provider.aws;
  const outputs = Object.keys(output).map((name) => [name, { value: `\${module.${stack}.${name}}` }]);
  const root = {
    terraform: { required_providers: terraform.required_providers },
    provider: { aws: [aws] },
    module: {
      [stack]: { source: `../../../modules/${stack}`, providers: { aws: `aws.${String(aws["alias"])}` }, ...variables },
    },
    output: Object.fromEntries(outputs),
  };
  mkdirSync(project.stackDirectory(stack), { recursive: true });
  writeFileSync(join(project.stackDirectory(stack), "main.tf.json"), JSON.stringify(root, undefined, 2));
}
