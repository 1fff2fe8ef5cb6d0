import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import type { DestinationSettings } from "../../config/deployment";
import { defineCheck, failed, passed, warning } from "./check";
import type { Scan } from "./scan";
import { attributeNames, targetOf } from "./schema";
import { ALIASES_PAGE } from "./sign-in-names";

export const aliasSetting = defineCheck({
  id: "alias-setting",
  title: "DESTINATION_ALIAS_ATTRIBUTES is what the destination pool has",
  otherwise: "Users who type an alias are refused, or a name that is somebody else's could be taken.",
  source: ALIASES_PAGE,
  needs: ["destination"],
  decide: ({ destination, settings, scan }) => {
    const { AliasAttributes = [], UsernameAttributes = [] } = destination;
    const { destinationAliasAttributes: aliasAttributes } = settings;
    const there = [...AliasAttributes].sort();
    const value = there.join(",") || "none";
    if (aliasAttributes === undefined && there.length === 0) {
      if (UsernameAttributes.length > 0) return passed("The destination has username attributes, and so no aliases.");
      return losesPreferredUsername(destination, settings, scan)
        ? warning(
            "The destination has no aliases, and DESTINATION_ALIAS_ATTRIBUTES does not say so: preferred_username stays behind in case it were one.",
            "Set DESTINATION_ALIAS_ATTRIBUTES=none and deploy the destination stack again.",
          )
        : passed("The destination has no aliases.");
    }
    if ([...(aliasAttributes ?? [])].sort().join(",") === there.join(",") && aliasAttributes !== undefined)
      return passed(`DESTINATION_ALIAS_ATTRIBUTES says ${value}, as the destination has it.`);
    return failed(
      `DESTINATION_ALIAS_ATTRIBUTES says ${aliasAttributes === undefined ? "nothing" : aliasAttributes.join(",") || "none"}, the destination has ${value}.`,
      `Set DESTINATION_ALIAS_ATTRIBUTES=${value} and deploy the destination stack again.`,
    );
  },
});

/** Where nobody has said that it is no alias, what anybody may write must not become one: rules/own-name.ts. */
function losesPreferredUsername(
  destination: UserPoolType,
  settings: DestinationSettings,
  scan: Scan | undefined,
): boolean {
  const name = "preferred_username";
  const arrives = targetOf(name, settings) === name && attributeNames(destination).includes(name);
  return arrives && (scan === undefined || scan.attributes.has(name));
}
