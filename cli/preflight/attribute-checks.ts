import type { UserPoolClientType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { type NamedAttribute, namedAttributes } from "../../rules/named-attributes";
import { plural } from "../program/plural";
import { attributesArrive, attributesRequired } from "./attributes-arrive-checks";
import { defineCheck, failed, inTheme, listed, passed, usersNotRead, warning } from "./check";
import { toLeaveBehind } from "./leave-behind";
import {
  type ArrivingAttribute,
  type AttributeRules,
  arrivingAttributes,
  attributeNamed,
  describeArriving,
} from "./schema";
import { narrowerThan } from "./schema-limits";

const hasProvider = ({ SupportedIdentityProviders = [] }: UserPoolClientType): boolean =>
  SupportedIdentityProviders.some((provider) => provider !== "COGNITO");

const linkedProviders = defineCheck({
  id: "linked-providers",
  title: "No user of the source has both a password and a linked identity provider",
  otherwise: "The link stays behind, and a sign-in through the provider makes a second user of the same person.",
  source:
    "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-identity-federation-consolidate-users.html",
  needs: ["sourceClients"],
  decide: ({ sourceClients, scan }) => {
    if (scan === undefined)
      return sourceClients.some(hasProvider)
        ? usersNotRead("whose profile has a linked identity provider")
        : passed("No app client of the source signs users in through an identity provider, so no link is in use.");
    const users = plural(scan.users, "user");
    if (scan.linked === 0)
      return passed(`None of ${users} of the source has a password and a linked identity provider.`);
    return warning(
      `${scan.linked} of ${users} ${scan.linked === 1 ? "has" : "have"} a password and a linked identity provider; the link stays behind.`,
      "Link the provider again at the destination (AdminLinkProviderForUser) before they sign in through it.",
    );
  },
});

const ATTRIBUTES = "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html";
const ERRORS = "https://repost.aws/knowledge-center/cognito-migration-lambda-trigger-errors";

const rules = defineCheck({
  id: "attribute-rules",
  title: "ATTRIBUTE_MAP and ATTRIBUTE_EXCLUDE name attributes that are there",
  otherwise: "A misspelled rule does nothing, and lets through or drops the attribute that was meant.",
  source: ATTRIBUTES,
  needs: ["source", "destination"],
  decide: ({ source, destination, settings }) => {
    const { attributeMap, attributeExclude } = settings;
    const named = namedAttributes(settings);
    const lacking = (pool: UserPoolType, names: readonly NamedAttribute[]): NamedAttribute[] =>
      names.filter(({ name }) => attributeNamed(pool, name) === undefined);
    const [here, there] = [lacking(source, named.source), lacking(destination, named.destination)];
    if (here.length + there.length > 0) {
      const needless = there.filter(
        ({ setting, name }) => setting === "ATTRIBUTE_EXCLUDE" && attributeNamed(source, name) !== undefined,
      );
      return failed(
        `There is no ${listed([...here.map(({ name }) => `${name} at the source`), ...there.map(({ name }) => `${name} at the destination`)])}.`,
        needless.length === here.length + there.length
          ? `Take ${listed(needless.map(({ name }) => name))} out of ATTRIBUTE_EXCLUDE: what the destination has no place for stays behind without a rule.`
          : "Correct ATTRIBUTE_MAP or ATTRIBUTE_EXCLUDE, or add the attribute.",
      );
    }
    const told = [
      ...[...attributeMap].map(([from, to]) => `${from} arrives as ${to}`),
      ...attributeExclude.map((name) => `${name} stays behind`),
    ];
    return passed(
      told.length === 0
        ? "ATTRIBUTE_MAP and ATTRIBUTE_EXCLUDE are not set."
        : `The rules in the settings say that ${listed(told)}.`,
    );
  },
});

const types = defineCheck({
  id: "attributes-types",
  title: "Attributes that arrive have the type that they had",
  otherwise: "Cognito refuses the whole user: attributes did not conform to the schema.",
  source: ERRORS,
  needs: ["source", "destination"],
  decide: ({ source, destination, settings }) => {
    const wrong = arrivingAttributes(source, destination, settings).filter(
      ({ from, to }) => to.AttributeDataType !== from.AttributeDataType && to.AttributeDataType !== "String",
    );
    if (wrong.length === 0)
      return passed("Every attribute that arrives has the same type on both sides, or becomes text.");
    return failed(
      `${listed(wrong.map((one) => `${describeArriving(one)} is ${one.from.AttributeDataType} at the source and ${one.to.AttributeDataType} at the destination`))}.`,
      `Types cannot be changed: map it to a new attribute with ATTRIBUTE_MAP${orLeaveBehind(wrong, settings, destination)}.`,
    );
  },
});

const limits = defineCheck({
  id: "attributes-limits",
  title: "The destination's limits for lengths and numbers are no narrower than the source's",
  otherwise: "Cognito refuses every user whose value is outside them.",
  source: ERRORS,
  needs: ["source", "destination"],
  decide: ({ source, destination, settings, scan }) => {
    const narrower = arrivingAttributes(source, destination, settings).flatMap((one) => {
      const found = narrowerThan(one, scan?.attributes.get(one.from.Name ?? ""), scan !== undefined);
      return found === undefined ? [] : [{ ...found, one, told: `${describeArriving(one)}: ${found.told}` }];
    });
    if (narrower.length === 0)
      return passed(
        scan === undefined
          ? "No limit of the destination for a length or a number is narrower than the source's."
          : `None of ${plural(scan.users, "user")} of the source has a value outside the destination's limits.`,
      );
    const found = `${listed(narrower.map(({ told }) => told))}.`;
    const behind = orLeaveBehind(
      narrower.map(({ one }) => one),
      settings,
      destination,
    );
    const canBeMended = narrower.some(({ one }) => one.from.Name !== "sub");
    const remedy = `Limits cannot be changed: ${canBeMended ? "shorten the values at the source, " : ""}map to a new attribute${behind}.`;
    return scan === undefined && !narrower.some(({ isNoneWithin }) => isNoneWithin)
      ? warning(found, `${remedy} --scan-users tells whether any value is outside.`)
      : failed(found, remedy);
  },
});

/** What is required there has to arrive. */
function orLeaveBehind(those: readonly ArrivingAttribute[], rules: AttributeRules, destination: UserPoolType): string {
  const names = those.filter(({ to }) => to.Required !== true).flatMap(({ from }) => from.Name ?? []);
  const how = toLeaveBehind(names, rules, destination);
  return how === undefined ? "" : `, or ${how}`;
}

const immutable = defineCheck({
  id: "attributes-mutable",
  title: "What users can change at the source, they can change at the destination",
  otherwise: "The value that a user migrates with stays for ever.",
  source: ATTRIBUTES,
  needs: ["source", "destination"],
  decide: ({ source, destination, settings }) => {
    const frozen = arrivingAttributes(source, destination, settings).filter(
      ({ from, to }) => from.Mutable === true && to.Mutable === false,
    );
    if (frozen.length === 0)
      return passed("No attribute that users can change at the source is immutable at the destination.");
    return warning(
      `${listed(frozen.map(describeArriving))} can be changed at the source and never again at the destination.`,
      "That cannot be changed in a pool: if it is not meant, map it to a mutable attribute with ATTRIBUTE_MAP.",
    );
  },
});

export const ATTRIBUTE_CHECKS = inTheme("Attributes", [
  rules,
  attributesArrive,
  attributesRequired,
  types,
  limits,
  immutable,
  linkedProviders,
]);
