import type { HandlerSettings } from "../../rules/function-environment";
import { createHandler, type Surroundings } from "./invocation";

const SUB = "00000000-0000-4000-8000-000000000000";
const NAME = "rehearsal@example.invalid";

/** A token and a profile, in one: what both calls are answered with. */
const ANSWER = {
  AuthenticationResult: { AccessToken: `.${Buffer.from(JSON.stringify({ sub: SUB })).toString("base64url")}.` },
  Username: NAME,
  Enabled: true,
  UserStatus: "CONFIRMED",
  UserAttributes: Object.entries({ sub: SUB, email: NAME, email_verified: "true" }).map(([Name, Value]) => ({
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

/** What Node.js compiles at the second use only, such as a pattern with `\p{L}`, is to be compiled as well. */
const TIMES = 2;

/**
 * Signs a user in who does not exist, through the handler itself, while the function loads and waits for the network anyway:
 * what Node.js compiles at first use is compiled before a user waits for it. Never throws.
 *
 * @param surroundings `connect` sends nothing, and `write` writes nothing.
 */
export async function rehearse(settings: HandlerSettings, surroundings: Omit<Surroundings, "settings">): Promise<void> {
  // The user of the answer has a username, whatever the real source's have.
  const handler = await createHandler({ ...surroundings, settings: { ...settings, sourceUsernameAttributes: [] } });
  const event = {
    triggerSource: "UserMigration_Authentication",
    userPoolId: settings.destinationUserPoolId,
    userName: NAME,
    request: { password: "rehearsal" },
    response: { userAttributes: null, finalUserStatus: null, messageAction: null },
  };
  const context = { awsRequestId: "", getRemainingTimeInMillis: () => 5000 };
  for (let time = 0; time < TIMES; time += 1) {
    // The first user's call will say what is wrong.
    await handler(event, context).catch(() => undefined);
  }
  // Lambda starts Node.js with --expose-gc. Left alone, the garbage of INIT would be collected while the first user waits.
  globalThis.gc?.({ type: "minor" });
}
