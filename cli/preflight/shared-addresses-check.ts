import { listText } from "../../rules/attribute-names";
import { isHopeless } from "../../rules/name-outlook";
import type { UsernameAttribute } from "../../rules/names";
import { nameOutlook } from "../pools/name-outlook";
import type { PoolRules } from "../pools/pool-rules";
import { plural } from "../program/plural";
import { defineCheck, listed, passed, usersNotRead, warning } from "./check";
import { settingText } from "./leave-behind";
import { shareableAddresses } from "./shared-addresses";
import { ALIASES_PAGE, rulesFrom } from "./sign-in-names";

export const sharedAddresses = defineCheck({
  id: "shared-addresses",
  title: "No address by which users of the destination sign in is verified for several users of the source",
  otherwise:
    "Only the first of them arrives: Cognito gives the address to one user, and refuses the others as a whole.",
  source: ALIASES_PAGE,
  needs: ["source", "destination"],
  decide: (known) => {
    const rules = rulesFrom(known);
    const shareable = shareableAddresses(rules);
    if (shareable.length === 0)
      return passed("The source itself lets no two users have one address, so none is shared.");
    const counts = known.scan?.names;
    if (counts === undefined) return usersNotRead("whether several have verified one address");
    const shared = shareable.filter((one) => counts.shared.has(one));
    if (shared.length === 0)
      return passed(
        `No ${shareable.join(" or ")} is verified for several of ${plural(counts.users, "user")} of the source.`,
      );
    return warning(
      `Verified for more than one user of the source: ${listed(shared.map((one) => `${one} (${valuesOf(counts.shared.get(one) ?? 0)})`))}.`,
      remedyFor(shared, rules),
    );
  },
});

const valuesOf = (count: number): string => plural(count, "value");

function remedyFor(shared: readonly UsernameAttribute[], rules: PoolRules): string {
  const exclude = [...new Set([...rules.attributeExclude, ...shared])];
  const isEnough = !isHopeless(nameOutlook({ ...rules, attributeExclude: new Set(exclude) }));
  return isEnough
    ? `With ${settingText("ATTRIBUTE_EXCLUDE", listText(exclude))} all of them come, by their other names. Or leave it to one of them at the source.`
    : `Leave each ${shared.join(" or ")} to one user at the source: there is no other name for the others to come by.`;
}
