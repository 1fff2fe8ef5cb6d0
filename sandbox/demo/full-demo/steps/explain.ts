import type { Migration } from "../migration";
import { shows } from "../screen-numbers";

export const EXPLAIN = "npx cognito-migration explain --user sms-mfa-3@example.com";

/** Somebody with a second factor was refused, and calls. */
export async function explainSomebody({ terminal }: Migration): Promise<string> {
  const screen = await terminal.type(EXPLAIN);
  shows(screen, "second factors: SMS_MFA;");
  shows(screen, "destination  nobody was found by this name");
  // What the function has logged, and what it would say now.
  shows(screen, "  sms-mfa-3@example.com  mfa ");
  shows(screen, "The function refuses it, whatever the password: mfa,");
  return "explain: one with a second factor was refused for it, as the log has it, and would be again";
}
