import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";

/** As the functions are told what users sign in with instead of a username. */
export const usernameAttributesText = ({ UsernameAttributes = [] }: UserPoolType): string =>
  [...UsernameAttributes].sort().join(",") || "none";
