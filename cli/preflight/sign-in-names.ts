import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { type NameKind, nameKinds } from "../../rules/source-names";

export const ALIASES_PAGE =
  "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html#user-pool-settings-aliases";

export const CASE_PAGE = "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-case-sensitivity.html";

/** What users can type: `username` and aliases, or attributes instead of it. */
export const signInNames = ({ UsernameAttributes = [], AliasAttributes = [] }: UserPoolType): readonly NameKind[] =>
  nameKinds(UsernameAttributes, AliasAttributes);
