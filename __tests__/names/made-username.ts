const PREFIX = "sub:";

/** Where no name of a user can be the username, the program makes one up; docs/decisions/0007-one-person-one-user.md. */
export const madeUsername = (sub: string): string => `${PREFIX}${sub}`;

export const looksMade = (username: string): boolean => username.toLowerCase().startsWith(PREFIX);
