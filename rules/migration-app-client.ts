/**
 * Every user pool has it, and nobody decides anything by it. By default a client may read and write nearly every
 * attribute, `custom:role` and its like included, even where the pool's other clients may not; an empty list means that
 * default. Cognito insists on required attributes being writable, and nothing else is.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
 */
export const HARMLESS_ATTRIBUTE = "locale";

/**
 * The shortest lives that Cognito has for tokens, in minutes: the handler drops them unread.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
 */
export const TOKEN_MINUTES = { accessToken: 5, idToken: 5, refreshToken: 60 } as const;
