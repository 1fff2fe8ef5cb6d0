import type { HandlerSettings } from "../../../rules/function-environment";
import { USER_MIGRATION } from "../../../rules/triggers";
import { REHEARSED_NAME } from "../../aws/rehearsal-answer";
import { createHandler, type Surroundings } from "./invocation";

/** What Node.js compiles at the second use only, such as a pattern, is to be compiled as well. */
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
    triggerSource: USER_MIGRATION.sources.signIn,
    userPoolId: settings.destinationUserPoolId,
    userName: REHEARSED_NAME,
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
