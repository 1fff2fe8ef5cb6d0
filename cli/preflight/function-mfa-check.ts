import { failed, passed, warning } from "./check";
import { checkOfDeployed, MIGRATING } from "./checked-function";

/**
 * The function takes an empty list of second factors for "none" unless it believes that the source demands one, and what it
 * believes is as old as the last deploy: docs/decisions/0004-unproven-users.md.
 */
export const FUNCTION_MFA_CHECK = checkOfDeployed(MIGRATING, {
  id: "function-source-mfa",
  title: "The function knows what the source does about second factors now",
  otherwise: "Where the source has begun to demand them, users whose factor AWS does not list arrive without it.",
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html",
  parts: [],
  needs: ["source"],
  decide: ({ configuration }, { source: { MfaConfiguration = "OFF" }, settings: { sourceOutputs, mfaPolicy } }) => {
    const { SOURCE_MFA_CONFIGURATION: believed = "nothing" } = configuration.Environment?.Variables ?? {};
    if (believed === MfaConfiguration)
      return passed(`MFA is ${MfaConfiguration} at the source, and the function knows it.`);
    const told = `MFA is ${MfaConfiguration} at the source, and the function has SOURCE_MFA_CONFIGURATION=${believed}`;
    const remedy =
      sourceOutputs === undefined
        ? "Deploy the source stack, then the destination stack again."
        : `Set SOURCE_MFA_CONFIGURATION=${MfaConfiguration} and deploy the destination stack again.`;
    if (MfaConfiguration === "ON" && mfaPolicy !== "allow")
      return failed(
        `${told}: a user without a proven password, and with a factor that AWS does not list, gets in.`,
        remedy,
      );
    return believed === "ON" && mfaPolicy !== "allow"
      ? warning(`${told}: a user with neither a factor nor a proven password is refused.`, remedy)
      : warning(`${told}. No user is treated differently.`, remedy);
  },
});
