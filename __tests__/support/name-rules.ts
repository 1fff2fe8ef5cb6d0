import type { NameRules } from "../../rules/names";

/** Two pools with usernames, no alias and a sense of case, but for this. */
export const nameRules = (over: Partial<NameRules> = {}): NameRules => ({
  sourceUsernameAttributes: [],
  destinationUsernameAttributes: [],
  destinationAliasAttributes: [],
  destinationCaseSensitive: true,
  ...over,
});
