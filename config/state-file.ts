import { isUserPoolName } from "../rules/migration-names";
import type { StackName } from "./stacks";

/** Where a local state is, in the project's folder. No USER_POOL_NAME has a dot. */
export const stateFile = (migration: string, stack: StackName): string => `terraform.${migration}.${stack}.tfstate`;

/** Where it was before several migrations could live in one checkout. */
export const formerStateFile = (stack: StackName): string => `terraform.${stack}.tfstate`;

/** Of which migration and stack a file is the local state. */
export function parseStateFile(name: string): { readonly migration: string; readonly stack: StackName } | undefined {
  const [, migration, stack] = /^terraform\.([\w-]+)\.(source|destination)\.tfstate$/.exec(name) ?? [];
  return migration === undefined || !isUserPoolName(migration) ? undefined : { migration, stack: stack as StackName };
}
