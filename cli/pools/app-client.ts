import type { UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";

/**
 * Whether users could write the attribute themselves through this app client. Without WriteAttributes a client has the
 * defaults, and AWS's pages disagree on whether those include custom attributes: so it counts as one that may, and so does one with an empty list.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html,
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolClientType.html
 */
export function mayWrite({ WriteAttributes = [] }: UserPoolClientType, attribute: string): boolean {
  return WriteAttributes.length === 0 || WriteAttributes.includes(attribute);
}

export const appClientName = ({ ClientName, ClientId }: UserPoolClientType): string => ClientName ?? ClientId ?? "?";

/** Likewise, whether it could be in the ID tokens of this app client. */
export function mayRead({ ReadAttributes = [] }: UserPoolClientType, attribute: string): boolean {
  return ReadAttributes.length === 0 || ReadAttributes.includes(attribute);
}
