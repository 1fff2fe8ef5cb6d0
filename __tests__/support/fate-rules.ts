import type { FateRules } from "../../rules/source-names";
import { nameRules } from "./name-rules";
import { schema } from "./schema";

/** Two pools with usernames, no alias and a sense of case, but for this. */
export const fateRules = (over: Partial<FateRules> = {}): FateRules => ({
  ...nameRules(),
  sourceAliasAttributes: [],
  sourceCaseSensitive: true,
  destinationSchema: schema(["email", "phone_number", "preferred_username"]),
  ...over,
});
