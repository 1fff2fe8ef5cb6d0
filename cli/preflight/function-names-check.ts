import { defineCheck, failed, listed, passed, skipped } from "./check";
import { MIGRATING, notDeployed } from "./checked-function";

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
  decide: ({ source: { UsernameAttributes = [] }, function: fn, outputs, settings: { sourceOutputs } }) => {
    const actual = [...UsernameAttributes].sort().join(",") || "none";
    const told = sourceOutputs === undefined ? "output username_attributes of the source stack" : "setting";
    const found: readonly (readonly [string, string | undefined])[] = [
      [`the ${told}`, outputs.usernameAttributes],
      ["the function", fn && (fn.configuration.Environment?.Variables?.["SOURCE_USERNAME_ATTRIBUTES"] ?? "nothing")],
    ];
    const known = found.filter(([, value]) => value !== undefined);
    if (known.length === 0) return skipped(...notDeployed(MIGRATING));
    const wrong = known.filter(([, value]) => value !== actual).map(([who, value]) => `${who} says ${value}`);
    if (wrong.length === 0)
      return passed(`UsernameAttributes of the source are ${actual}, as ${listed(known.map(([who]) => who))} say.`);
    return failed(
      `UsernameAttributes of the source are ${actual}, and ${listed(wrong)}.`,
      sourceOutputs === undefined
        ? "Deploy the source stack, then the destination stack again."
        : `Set SOURCE_USERNAME_ATTRIBUTES=${actual} and deploy the destination stack again.`,
    );
  },
});
