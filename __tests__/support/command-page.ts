import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PolicyDocument } from "../../rules/policies";
import { ROOT } from "./program";

/** docs/cli/<command>.md */
export const commandPage = (command: string): string => readFileSync(join(ROOT, `docs/cli/${command}.md`), "utf8");

/** What a command's page says that its credentials need. */
export function documentedPermissions(command: string): { source: PolicyDocument; destination: PolicyDocument } {
  const [, section = ""] = commandPage(command).split("\n## Permissions\n");
  const [source, destination] = [...section.matchAll(/```json\n([\s\S]*?)```/g)].map(
    ([, text = ""]) => JSON.parse(text) as PolicyDocument,
  );
  if (source === undefined || destination === undefined) throw new Error(`docs/cli/${command}.md has no two policies`);
  return { source, destination };
}
