import type { StackName } from "../../../config/stacks";
import type { AccountCredentials } from "./moto";
import type { Project } from "./project";

interface Change {
  readonly actions: readonly string[];
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly after_unknown: unknown;
  readonly after_sensitive: unknown;
}

interface Plan {
  readonly resource_changes?: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    /** Of a resource that there are several of. */
    readonly index?: string | number;
    readonly change: Change;
  }[];
  readonly output_changes?: Readonly<Record<string, Change>>;
}

/** A key of a stamp is two of them, with nothing between. */
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Stands in a state: every plan of one state has another. */
const withoutIds = (text: string): string => text.replaceAll(UUID, "UUID");

/** Given to a module they stand in `tags` and `tags_all`, given to the provider in the latter alone, which is what AWS is sent. */
const withoutTags = (value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([name]) => name !== "tags"))
    : value;

const said = ({ actions, after, after_unknown, after_sensitive }: Change): object => ({
  actions,
  after: withoutTags(after),
  after_unknown: withoutTags(after_unknown),
  after_sensitive: withoutTags(after_sensitive),
});

/**
 * Everything that a plan says: for each resource and output what is done, each value, and which of them are not known yet or must not be
 * shown. A stack and a module call resources by names of their own, so they go by type, and where there are more of it by what they are.
 */
export async function planned(
  project: Project,
  stack: StackName,
  as: AccountCredentials,
): Promise<Readonly<Record<string, object>>> {
  const { status, output } = await project.terraform(stack, ["plan", "-out=plan"], as);
  if (status !== 0) throw new Error(output);
  const shown = await project.terraform(stack, ["show", "-json", "plan"], as);
  const { resource_changes = [], output_changes = {} } = JSON.parse(withoutIds(shown.output)) as Plan;
  const all: Record<string, object> = {};
  const add = (key: string, change: Change): void => {
    if (key in all) throw new Error(`two of ${key} in ${stack}`);
    all[key] = said(change);
  };
  for (const { mode, type, name, index, change } of resource_changes)
    if (mode === "managed")
      add(`${type} ${nameOf(type, index === undefined ? name : `${name}_${index}`, change)}`, change);
  for (const [name, change] of Object.entries(output_changes)) add(`output ${name}`, change);
  return all;
}

/** What AWS calls it; of a permission, which has no name, what its statement is called. What goes has its name in what it was. */
function nameOf(type: string, name: string, { after, before }: Change): string {
  if (type === "terraform_data") return name.replaceAll("-", "_");
  const said = after ?? before ?? {};
  const names = ["alarm_name", "dashboard_name", "function_name", "name"].map((key) => said[key]);
  return String(type === "aws_lambda_permission" ? said["statement_id"] : names.find((one) => typeof one === "string"));
}
