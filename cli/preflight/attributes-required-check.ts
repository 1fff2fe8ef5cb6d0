import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { canBeMapTarget } from "../../rules/attribute-rules";
import { AWS_DISAGREES, requiredBy } from "../../rules/required-attributes";
import { schemaOf } from "../pools/pool-rules";
import { plural } from "../program/plural";
import { defineCheck, failed, listed, passed, warning } from "./check";
import type { Scan } from "./scan";
import { type AttributeRules, arrivingAttributes, describeArriving } from "./schema";

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
