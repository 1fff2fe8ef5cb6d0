import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import type { DestinationSettings } from "../../config/deployment";
import { defineCheck, listed, passed, warning } from "./check";
import { attributeNames, journeys, targetOf } from "./schema";

const ERRORS = "https://repost.aws/knowledge-center/cognito-migration-lambda-trigger-errors";

export const attributesArrive = defineCheck({
  id: "attributes-arrive",
  theme: "Attributes",
  title: "Every attribute of the source has a place at the destination, or a rule",
  otherwise: "The function drops it, and names it in its log.",
  source: ERRORS,
  needs: ["source", "destination"],
  decide: ({ source, destination, settings }) => {
    const places = new Set(attributeNames(destination));
    const dropped = attributeNames(source).filter((name) => {
      const target = targetOf(name, settings);
      const isTaken = target === undefined && [...settings.attributeMap.values()].includes(name);
      return isTaken || (target !== undefined && !places.has(target));
    });
    const arriving = journeys(source, destination, settings).map(({ to }) => to.Name ?? "");
    const withProof = arriving.filter((name) => needsProof(name, source, destination, settings));
    return dropped.length === 0
      ? passed(
          `${arriving.length - withProof.length} attributes of the source arrive at the destination` +
            `${withProof.map((name) => `; ${name} ${PROOF[name]}`).join("")}.`,
        )
      : warning(
          `The destination has no free place for ${listed(dropped)}, so the function drops what users have there.`,
          "Add the attribute to the destination's schema, give it another name with ATTRIBUTE_MAP, or list it in ATTRIBUTE_EXCLUDE.",
        );
  },
});

/** When an attribute arrives that is a name at the destination: rules/own-name.ts. */
const PROOF: Readonly<Record<string, string>> = {
  email: "where the source has verified it",
  phone_number: "where the source has verified it",
  preferred_username: "with the sign-in that types it, and not by an import",
};

function needsProof(
  name: string,
  source: UserPoolType,
  { UsernameAttributes = [], AliasAttributes = [] }: UserPoolType,
  { aliasAttributes }: DestinationSettings,
): boolean {
  const isIn = (names: readonly string[] = []): boolean => names.includes(name);
  if (name === "preferred_username")
    return (
      UsernameAttributes.length === 0 &&
      (aliasAttributes === undefined || isIn(aliasAttributes) || isIn(AliasAttributes))
    );
  return isIn(UsernameAttributes) && !isIn(source.UsernameAttributes);
}
