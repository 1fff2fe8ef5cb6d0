import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import type { DestinationSettings } from "../../config/deployment";
import { defineCheck, listed, passed, warning } from "./check";
import { toLeaveBehind } from "./leave-behind";
import type { Scan } from "./scan";
import { type AttributeRules, arrivingAttributes, attributeNames, targetOf } from "./schema";

export const attributesArrive = defineCheck({
  id: "attributes-arrive",
  title: "Every attribute of the source has a place at the destination, or a rule",
  otherwise: "The function drops it, and names it in its log.",
  source: "https://repost.aws/knowledge-center/cognito-migration-lambda-trigger-errors",
  needs: ["source", "destination"],
  decide: ({ source, destination, settings, scan }) => {
    const places = new Set(attributeNames(destination));
    const lost = attributeNames(source).filter((name) => {
      const target = targetOf(name, settings);
      const isLost = target === undefined ? isTaken(name, settings, scan) : !places.has(target);
      // What nobody has, nobody loses.
      return isLost && (scan === undefined || hasValues(name, scan));
    });
    const arriving = arrivingAttributes(source, destination, settings).map(({ to }) => to.Name ?? "");
    const withProof = arriving.filter((name) => needsProof(name, source, destination, settings));
    if (lost.length === 0)
      return passed(
        `${arriving.length - withProof.length} attributes of the source arrive at the destination` +
          `${withProof.map((name) => `; ${name} ${PROOF[name]}`).join("")}.`,
      );
    return warning(
      `The destination has no free place for ${listed(lost)}, so the function drops what users have there.`,
      remedyFor(lost, settings, destination),
    );
  },
});

const hasValues = (name: string, scan: Scan): boolean => (scan.attributes.get(name)?.count ?? 0) > 0;

/**
 * Whether another attribute arrives under this one's name, and no rule says that this one stays behind. Whoever sends the `sub` there has made the
 * attribute for it: that the source has one of this name matters only where users have something in it, as after a migration before this one.
 */
const isTaken = (name: string, { attributeExclude, attributeMap }: AttributeRules, scan: Scan | undefined): boolean =>
  [...attributeMap].some(([from, to]) => to === name && (from !== "sub" || scan !== undefined)) &&
  !attributeExclude.includes(name);

function remedyFor(lost: readonly string[], settings: AttributeRules, destination: UserPoolType): string {
  const taken = lost.filter((name) => targetOf(name, settings) === undefined);
  const homeless = lost.filter((name) => !taken.includes(name));
  const behind = toLeaveBehind(taken, settings, destination);
  return [
    ...(homeless.length === 0
      ? []
      : [
          `Add ${listed(homeless.map((name) => settings.attributeMap.get(name) ?? name))} to the destination's schema, or give it another name with ATTRIBUTE_MAP; if it may stay behind, there is nothing to do.`,
        ]),
    ...(behind === undefined ? [] : [`Give ${listed(taken)} another name with ATTRIBUTE_MAP, or ${behind}.`]),
  ].join(" ");
}

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
  { destinationAliasAttributes: aliasAttributes }: DestinationSettings,
): boolean {
  const isIn = (names: readonly string[] = []): boolean => names.includes(name);
  if (name === "preferred_username")
    return (
      UsernameAttributes.length === 0 &&
      (aliasAttributes === undefined || isIn(aliasAttributes) || isIn(AliasAttributes))
    );
  return isIn(UsernameAttributes) && !isIn(source.UsernameAttributes);
}
