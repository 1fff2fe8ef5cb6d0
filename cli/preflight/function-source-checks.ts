import type { DestinationSettings } from "../../config/deployment";
import { defineCheck, failed, listed, passed, skipped, warning } from "./check";
import { checkOfDeployed, MIGRATING, notDeployed } from "./checked-function";
import { environmentOf, usernameAttributesText } from "./function-environment";

/**
 * The function takes an empty list of second factors for "none" unless it believes that the source demands one, and what it
 * believes is as old as the last deploy: docs/decisions/0004-unproven-users.md.
 */
export const FUNCTION_MFA_CHECK = checkOfDeployed(MIGRATING, {
  id: "function-source-mfa",
  title: "The function knows what the source does about second factors now",
  otherwise: "Where the source has begun to demand them, users whose factor AWS does not list arrive without it.",
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html",
  needs: ["source"],
  decide: (fn, { source: { MfaConfiguration = "OFF" }, settings }) => {
    const { SOURCE_MFA_CONFIGURATION: believed = "nothing" } = environmentOf(fn);
    if (believed === MfaConfiguration)
      return passed(`MFA is ${MfaConfiguration} at the source, and the function knows it.`);
    const told = `MFA is ${MfaConfiguration} at the source, and the function has SOURCE_MFA_CONFIGURATION=${believed}`;
    const remedy = toTell(settings, `SOURCE_MFA_CONFIGURATION=${MfaConfiguration}`);
    const factorsCount = settings.mfaPolicy !== "allow";
    if (MfaConfiguration === "ON" && factorsCount)
      return failed(
        `${told}: a user without a proven password, and with a factor that AWS does not list, gets in.`,
        remedy,
      );
    return believed === "ON" && factorsCount
      ? warning(`${told}: a user with neither a factor nor a proven password is refused.`, remedy)
      : warning(`${told}. No user is treated differently.`, remedy);
  },
});

/**
 * What users of the source sign in with instead of a username decides which addresses are names there. Told another pool's,
 * the function takes an address that anybody may write for the user's own name, or a user's own name for such an address.
 */
export const FUNCTION_NAMES_CHECK = defineCheck({
  id: "function-source-names",
  title: "The function knows what users of the source sign in with instead of a username",
  otherwise: "It takes an address that anybody may write for a user's name, or refuses users under their own.",
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html",
  needs: ["source", "function"],
  decide: ({ source, function: fn, outputs, settings }) => {
    const actual = usernameAttributesText(source);
    const told = settings.sourceOutputs === undefined ? "output username_attributes of the source stack" : "setting";
    const found: readonly (readonly [string, string | undefined])[] = [
      [`the ${told}`, outputs.usernameAttributes],
      ["the function", fn && (environmentOf(fn)["SOURCE_USERNAME_ATTRIBUTES"] ?? "nothing")],
    ];
    const known = found.filter(([, value]) => value !== undefined);
    if (known.length === 0) return skipped(...notDeployed(MIGRATING));
    const wrong = known.filter(([, value]) => value !== actual).map(([who, value]) => `${who} says ${value}`);
    if (wrong.length === 0)
      return passed(`UsernameAttributes of the source are ${actual}, as ${listed(known.map(([who]) => who))} say.`);
    return failed(
      `UsernameAttributes of the source are ${actual}, and ${listed(wrong)}.`,
      toTell(settings, `SOURCE_USERNAME_ATTRIBUTES=${actual}`),
    );
  },
});

/** @param setting Stands in for the source stack's output. */
const toTell = ({ sourceOutputs }: DestinationSettings, setting: string): string =>
  sourceOutputs === undefined
    ? "Deploy the source stack, then the destination stack again."
    : `Set ${setting} and deploy the destination stack again.`;
