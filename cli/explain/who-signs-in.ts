import { foldedName } from "../../rules/names";
import { namesAtSource, type SourceNaming } from "../../rules/source-names";
import type { FoundUser } from "./facts";

/** Whom a name signs in, by what ListUsers has told: for who may not ask the pool itself. The `sub` is a name everywhere. */
export function whoSignsIn(name: string, users: readonly FoundUser[], pool: SourceNaming): FoundUser | undefined {
  const fold = (one: string): string => foldedName(one, pool.sourceCaseSensitive);
  return users.find((user) =>
    [user.attributes["sub"], ...namesAtSource(user, pool).map((one) => one.name)].some(
      (one) => one !== undefined && fold(one) === fold(name),
    ),
  );
}
