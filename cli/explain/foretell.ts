import { createHmac } from "node:crypto";
import type { Decision } from "../../rules/hand-over";
import { migrateUser, type SignIn } from "../../rules/migrate-user";
import { MigrationFailure } from "../../rules/outcome";
import { USER_MIGRATION } from "../../rules/triggers";
import { handedOnName } from "../pools/pool-rules";
import type { Facts, FoundUser, FunctionFacts, SideFacts } from "./facts";

/** What the function would decide, were the password right. */
export type Foretold = Decision | MigrationFailure;

/** With a function that can be asked. */
export type AskedFacts = Facts & { readonly function: { readonly kind: "read" | "unread" } };

interface Foretelling extends Pick<Facts, "name" | "sourceMfaConfiguration" | "destinationUserPoolId"> {
  readonly rules: Parameters<typeof handedOnName>[1];
  readonly source: Pick<SideFacts, "typed" | "handedOn">;
  readonly function: Pick<Extract<FunctionFacts, { kind: "read" }>, "rules">;
}

/** Nobody looks at it: a sign-in is foretold as with the right one. */
const RIGHT_PASSWORD = "right";

/** Has the function's own rules decide, with a source that answers as the user pool's users say it would. */
export async function foretell({
  name,
  rules,
  source: { typed, handedOn },
  sourceMfaConfiguration,
  destinationUserPoolId: userPoolId,
  function: fn,
}: Foretelling): Promise<Foretold> {
  const userName = handedOnName(name, rules);
  // At a source with a sense of case jane is another than Jane, and has another password.
  const user = typed === undefined || typed.username === handedOn?.username ? handedOn : undefined;
  const event = { triggerSource: USER_MIGRATION.sources.signIn, userPoolId, userName, password: RIGHT_PASSWORD };
  try {
    return await migrateUser(
      event,
      fn.rules,
      {
        signIn: async () => signInOf(user, sourceMfaConfiguration),
        getUser: async () => user && { ...user, mfaSettings: user.factors ?? [] },
      },
      { createHmac, nowSeconds: 0 },
    );
  } catch (error) {
    if (error instanceof MigrationFailure) return error;
    throw error;
  }
}

/**
 * What AdminInitiateAuth answers to the right password. The migration's app client hides who is unknown, and a federated user has no password:
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
 */
function signInOf(user: FoundUser | undefined, mfaConfiguration: string): SignIn {
  if (user === undefined || user.status === "EXTERNAL_PROVIDER") return { kind: "refused", outcome: "not_authorized" };
  const { username, status, enabled, attributes, factors = [] } = user;
  if (!enabled) return { kind: "refused", outcome: "user_disabled" };
  const asks = (name: string): SignIn => ({ kind: "challenge", name, username });
  switch (status) {
    case "UNCONFIRMED":
      return { kind: "refused", outcome: "user_unconfirmed" };
    case "RESET_REQUIRED":
      return { kind: "reset_required" };
    case "FORCE_CHANGE_PASSWORD":
      return asks("NEW_PASSWORD_REQUIRED");
    default: {
      const [factor = mfaConfiguration === "ON" ? "MFA_SETUP" : undefined] = factors;
      if (factor === undefined) return { kind: "tokens", sub: attributes["sub"] ?? "", groups: [] };
      return asks(factor);
    }
  }
}
