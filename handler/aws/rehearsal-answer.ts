const SUB = "00000000-0000-4000-8000-000000000000";
/** Nobody's. */
export const REHEARSED_NAME = "rehearsal@example.invalid";

/** A token and a profile, in one: what both calls are answered with. */
const ANSWER = {
  AuthenticationResult: { AccessToken: `.${Buffer.from(JSON.stringify({ sub: SUB })).toString("base64url")}.` },
  Username: REHEARSED_NAME,
  Enabled: true,
  UserStatus: "CONFIRMED",
  UserAttributes: Object.entries({ sub: SUB, email: REHEARSED_NAME, email_verified: "true" }).map(([Name, Value]) => ({
    Name,
    Value,
  })),
};

/** An HTTP handler for the SDK that sends nothing. */
export const REHEARSAL_HTTP = {
  handle: async () => ({
    response: {
      statusCode: 200,
      headers: { "content-type": "application/x-amz-json-1.1" },
      body: Buffer.from(JSON.stringify(ANSWER)),
    },
  }),
};
