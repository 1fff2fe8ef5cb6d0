import type { GroupType } from "@aws-sdk/client-cognito-identity-provider";
import type { DestinationSettings } from "../../config/deployment";
import { namesOf } from "../../rules/attribute-names";
import { mayFill } from "../../rules/carried-groups";
import { EVERY_GROUP } from "../../rules/group-names";
import { defineCheck, listed, passed, WITH_GROUPS, warning } from "./check";
import { environmentOf } from "./function-environment";

const nameOf = ({ GroupName = "" }: GroupType): string => GroupName;
const targetOf = (name: string, { groupsMap }: DestinationSettings): string => groupsMap.get(name) ?? name;
const namedIn = ({ groups }: DestinationSettings): string[] => groups.filter((name) => name !== EVERY_GROUP);

/** Groups of the source that GROUPS names, or `*` reaches. Those of its identity providers never travel. */
function travelling(atSource: readonly string[], settings: DestinationSettings): readonly string[] {
  const all = settings.groups.includes(EVERY_GROUP) ? atSource : [];
  return [...new Set([...namedIn(settings), ...all])].filter(
    (name) => !name.startsWith(`${settings.sourceUserPoolId}_`),
  );
}

/** As Terraform decides when it plans: a group with an IAM role is filled only where somebody has named it. */
const mayBeFilled = ({ GroupName, RoleArn }: GroupType, settings: DestinationSettings): boolean =>
  RoleArn === undefined || namedIn(settings).some((name) => targetOf(name, settings) === GroupName);

const DEPLOY = "Deploy the destination stack again: Terraform reads the groups when it plans.";

const quoted = (names: readonly string[]): string => listed([...new Set(names)].sort());

export const GROUP_CHECK = defineCheck({
  id: "destination-groups",
  title: "Every group that is to travel is on both sides, may be filled, and the function knows it",
  otherwise: "Users arrive without the group, and nobody but the counts in the log says so.",
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-user-groups.html",
  occasion: WITH_GROUPS,
  needs: ["sourceGroups", "destinationGroups", "function"],
  decide: ({ sourceGroups, destinationGroups, function: fn, settings }) => {
    const atSource = sourceGroups.map(nameOf);
    const atDestination = destinationGroups.map(nameOf);
    const reached = travelling(atSource, settings);
    const travel = reached.filter((name) => mayFill(name, settings));
    const kept = reached.filter((name) => !travel.includes(name));
    const targets = [...new Set(travel.map((name) => targetOf(name, settings)))];
    const fillable = destinationGroups.filter((group) => mayBeFilled(group, settings)).map(nameOf);
    // Where the function is not there, function-state has failed, and that is enough.
    const told = fn && (namesOf(environmentOf(fn)["DESTINATION_GROUPS"] ?? "[]") ?? []);
    const unknown = namedIn(settings).filter((name) => !atSource.includes(name));
    const missing = targets.filter((name) => !atDestination.includes(name));
    const guarded = targets.filter((name) => atDestination.includes(name) && !fillable.includes(name));
    const ready = targets.filter((name) => fillable.includes(name));
    const news = told === undefined ? [] : ready.filter((name) => !told.includes(name));
    const gone = (told ?? []).filter((name) => !fillable.includes(name));
    const problems: readonly (readonly [names: readonly string[], found: (names: string) => string, remedy: string])[] =
      [
        [unknown, (names) => `the source has no ${names}`, "Correct GROUPS."],
        [
          missing,
          (names) => `the destination has no ${names}`,
          "Create what is missing, then deploy the destination stack again.",
        ],
        [
          kept,
          (names) => `${names} of the source would fill a group that GROUPS keeps for the groups it names`,
          "Name a source group in GROUPS too if its members may come into that group.",
        ],
        [
          guarded,
          (names) => `${names} at the destination carries an IAM role, which GROUPS does not name`,
          "Name a group with a role in GROUPS only if its members may have that role.",
        ],
        [news, (names) => `the function does not know that it may fill ${names}`, DEPLOY],
        [gone, (names) => `the function would fill ${names}, which is gone or carries an IAM role now`, DEPLOY],
      ];
    const found = problems.filter(([names]) => names.length > 0);
    if (found.length === 0)
      return passed(
        `${ready.length} ${ready.length === 1 ? "group" : "groups"} of the destination can take users who migrate.`,
      );
    return warning(
      `Not every group can travel: ${found.map(([names, say]) => say(quoted(names))).join("; ")}.`,
      [...new Set(found.map(([, , remedy]) => remedy))].join(" "),
    );
  },
});
