import type { HandlerSettings } from "../config/handler";
import { logLine, userHash } from "./log";
import { migrateUser, type SourceUserPool } from "./migrate-user";

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

/**
 * Signs a user in who does not exist, at a source that is not asked, while the function loads and waits for the network
 * anyway: what Node.js compiles at first use is compiled before a user waits for it. Never throws.
 *
 * @returns the line that would have been logged; undefined when it came to none.
 */
export async function rehearse(settings: HandlerSettings, source: SourceUserPool): Promise<string | undefined> {
  const event = {
    triggerSource: "UserMigration_Authentication",
    userPoolId: settings.destinationUserPoolId,
    userName: NAME,
    password: "rehearsal",
  };
  try {
    // The user of the answer above has a username, whatever the real source's have.
    const { outcome } = await migrateUser(event, { ...settings, sourceUsernameAttributes: [] }, source);
    const user = userHash(settings.logUserKey, NAME);
    const entry = {
      outcome,
      functionName: "",
      triggerSource: "",
      requestId: "",
      user,
      durationMs: 0,
      calls: [],
      tried: false,
    };
    return logLine({ ...entry, coldStart: true }, new Date());
  } catch {
    // The first user's call will say what is wrong.
    return undefined;
  }
}
