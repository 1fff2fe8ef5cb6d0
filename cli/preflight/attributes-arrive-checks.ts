import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import type { DestinationSettings } from "../../config/deployment";
import { canBeMapTarget } from "../../rules/attribute-rules";
import { AWS_DISAGREES, requiredBy } from "../../rules/required-attributes";
import { schemaOf } from "../pools/pool-rules";
import { plural } from "../program/plural";
import { defineCheck, failed, listed, passed, warning } from "./check";
import { toLeaveBehind } from "./leave-behind";
import type { Scan } from "./scan";
import { type AttributeRules, arrivingAttributes, attributeNames, describeArriving, targetOf } from "./schema";

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
    homeless.length > 0 &&
      `Add ${listed(homeless.map((name) => settings.attributeMap.get(name) ?? name))} to the destination's schema, or give it another name with ATTRIBUTE_MAP; if it may stay behind, there is nothing to do.`,
    behind && `Give ${listed(taken)} another name with ATTRIBUTE_MAP, or ${behind}.`,
  ]
    .filter(Boolean)
    .join(" ");
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

export const attributesRequired = defineCheck({
  id: "attributes-required",
  title: "What the destination requires, every user of the source has",
  otherwise: AWS_DISAGREES,
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html",
  needs: ["source", "destination"],
  decide: ({ source, destination, settings, scan }) => {
    const arriving = arrivingAttributes(source, destination, settings);
    const never = requiredBy(schemaOf(destination)).filter((name) => !arriving.some(({ to }) => to.Name === name));
    if (never.length > 0)
      return failed(
        `The destination requires ${listed(never)}, which never arrives. ${AWS_DISAGREES}`,
        never.map((name) => howItArrives(name, settings)).join(" "),
      );
    const perhaps = arriving.filter(({ from, to }) => to.Required && !isSure(from.Name ?? "", from.Required, source));
    const lacking = perhaps.filter(({ from }) => scan?.attributes.get(from.Name ?? "")?.count !== scan?.users);
    if (perhaps.length === 0 || (scan !== undefined && lacking.length === 0))
      return passed("The destination requires no attribute that a user of the source could lack.");
    return scan === undefined
      ? warning(
          `The destination requires ${listed(perhaps.map(describeArriving))}; the source does not, so users may lack it.`,
          "Fill it in for every user of the source. --scan-users counts those who lack it.",
        )
      : failed(
          `The destination requires ${listed(lacking.map(({ from }) => `${from.Name} (${lackedBy(scan, from.Name)})`))}.`,
          "Fill it in for every user of the source.",
        );
  },
});

function howItArrives(name: string, { attributeExclude, attributeMap }: AttributeRules): string {
  if (attributeExclude.includes(name)) return `Take ${name} out of ATTRIBUTE_EXCLUDE.`;
  if (attributeMap.has(name)) return `Take ${name} out of ATTRIBUTE_MAP.`;
  return canBeMapTarget(name)
    ? `Map a source attribute to ${name} with ATTRIBUTE_MAP.`
    : `Choose a destination that does not require ${name}.`;
}

function lackedBy({ users, attributes }: Scan, name = ""): string {
  const count = users - (attributes.get(name)?.count ?? 0);
  return `${count} of ${plural(users, "user")} ${count === 1 ? "lacks" : "lack"} it`;
}

/** Required at the source, or the one name that users have there. */
const isSure = (name: string, isRequired: boolean | undefined, { UsernameAttributes = [] }: UserPoolType): boolean =>
  isRequired === true || name === "sub" || (UsernameAttributes.length === 1 && UsernameAttributes[0] === name);
