import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import type { DestinationSettings } from "../../config/deployment";
import { listText } from "../../rules/attribute-names";
import { isHopeless, type Outlook } from "../../rules/name-outlook";
import type { UsernameAttribute } from "../../rules/names";
import { type NameKind, nameKinds } from "../../rules/source-names";
import { nameOutlook } from "../pools/name-outlook";
import { type PoolRules, poolRules } from "../pools/pool-rules";
import { plural } from "../program/plural";
import { defineCheck, type Finding, failed, inTheme, listed, passed, usersNotRead, warning } from "./check";
import { settingText } from "./leave-behind";
import { caseSetting, collisions, letterCase } from "./letter-case-checks";
import { countSentences, outlookRemedies, outlookSentences } from "./name-sentences";
import type { NameCounts, Scan } from "./scan";
import { attributeNames, targetOf } from "./schema";
import { shareableAddresses } from "./shared-addresses";

const ALIASES_PAGE =
  "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html#user-pool-settings-aliases";

/** What users can type: `username` and aliases, or attributes instead of it. */
export const signInNames = ({ UsernameAttributes = [], AliasAttributes = [] }: UserPoolType): readonly NameKind[] =>
  nameKinds(UsernameAttributes, AliasAttributes);

const OTHER_POOL = "Use a destination pool with one of the source's names.";

export const names = defineCheck({
  id: "sign-in-names",
  title: "Every name that works at the source works at the destination",
  otherwise: "A sign-in by a name that does not is refused; users who have no other cannot come.",
  source: ALIASES_PAGE,
  needs: ["source", "destination"],
  decide: ({ source, destination, settings, scan }) => {
    const outlook = nameOutlook(poolRules(source, destination, settings));
    const told = [
      `The destination takes ${listed(signInNames(destination))}, the source ${listed(signInNames(source))}.`,
      ...outlookSentences(outlook),
    ];
    if (isHopeless(outlook)) return failed(told.join(" "), OTHER_POOL);
    return scan?.names === undefined ? ofPools(told, outlook) : ofUsers(told, outlook, scan.names);
  },
});

function ofPools(told: readonly string[], outlook: Outlook): Finding {
  const found = told.join(" ");
  const remedies = outlookRemedies(outlook);
  return remedies.length === 0 ? passed(found) : warning(found, [...remedies, "--scan-users counts them."].join(" "));
}

function ofUsers(told: readonly string[], outlook: Outlook, counts: NameCounts): Finding {
  const { users, byEveryName, byNoName, typedFirst, mixedCase } = counts;
  const found = [...told, ...countSentences(counts)].join(" ");
  if (byEveryName === users && typedFirst === 0) return passed(found);
  const remedies = [
    ...outlookRemedies(outlook),
    ...(mixedCase > 0 ? ["See letter-case for the names with a capital letter."] : []),
  ];
  if (byNoName === users) return failed(found, [OTHER_POOL, ...remedies].join(" "));
  // A value that breaks a rule of its own, like an address that only some users have and the destination requires.
  return warning(found, remedies.join(" ") || "Verify their addresses, or rename them, at the source.");
}

const aliasSetting = defineCheck({
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
    if (aliasAttributes !== undefined && [...aliasAttributes].sort().join(",") === there.join(","))
      return passed(`DESTINATION_ALIAS_ATTRIBUTES says ${value}, as the destination has it.`);
    return failed(
      `DESTINATION_ALIAS_ATTRIBUTES says ${aliasAttributes === undefined ? "nothing" : aliasAttributes.join(",") || "none"}, the destination has ${value}.`,
      `Set DESTINATION_ALIAS_ATTRIBUTES=${value} and deploy the destination stack again.`,
    );
  },
});

/** Where nobody has said that it is no alias, what anybody may write must not become one: rules/own-name.ts. */
function losesPreferredUsername(pool: UserPoolType, settings: DestinationSettings, scan: Scan | undefined): boolean {
  const name = "preferred_username";
  const arrives = targetOf(name, settings) === name && attributeNames(pool).includes(name);
  return arrives && scan?.attributes.has(name) !== false;
}

export const sharedAddresses = defineCheck({
  id: "shared-addresses",
  title: "No address by which users of the destination sign in is verified for several users of the source",
  otherwise:
    "Only the first of them arrives: Cognito gives the address to one user, and refuses the others as a whole.",
  source: ALIASES_PAGE,
  needs: ["source", "destination"],
  decide: ({ source, destination, settings, scan }) => {
    const rules = poolRules(source, destination, settings);
    const shareable = shareableAddresses(rules);
    if (shareable.length === 0)
      return passed("The source itself lets no two users have one address, so none is shared.");
    const counts = scan?.names;
    if (counts === undefined) return usersNotRead("whether several have verified one address");
    const shared = shareable.filter((one) => counts.shared.has(one));
    if (shared.length === 0)
      return passed(
        `No ${shareable.join(" or ")} is verified for several of ${plural(counts.users, "user")} of the source.`,
      );
    const told = shared.map((one) => `${one} (${plural(counts.shared.get(one) ?? 0, "value")})`);
    return warning(`Verified for more than one user of the source: ${listed(told)}.`, remedyFor(shared, rules));
  },
});

function remedyFor(shared: readonly UsernameAttribute[], rules: PoolRules): string {
  const exclude = [...new Set([...rules.attributeExclude, ...shared])];
  const isEnough = !isHopeless(nameOutlook({ ...rules, attributeExclude: new Set(exclude) }));
  return isEnough
    ? `With ${settingText("ATTRIBUTE_EXCLUDE", listText(exclude))} all of them come, by their other names. Or leave it to one of them at the source.`
    : `Leave each ${shared.join(" or ")} to one user at the source: there is no other name for the others to come by.`;
}

export const SIGN_IN_NAME_CHECKS = inTheme("Sign-in names", [
  names,
  aliasSetting,
  caseSetting,
  letterCase,
  collisions,
  sharedAddresses,
]);
