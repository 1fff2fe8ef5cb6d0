import type { NameRules } from "../../config/name-rules";

/** A destination with usernames, no alias and a sense of case, but for this. */
export const nameRules = (over: Partial<NameRules> = {}): NameRules => ({
  destinationUsernameAttributes: [],
  destinationAliasAttributes: [],
  destinationCaseSensitive: true,
  ...over,
});
