import { isWithin, LEFT_TO_COMMAND, type Stamp } from "../../rules/stamp";
import { stampedAs } from "../pools/stamped";
import type { Facts, FoundUser } from "./facts";

/** What the stamp of a user of the destination says, and never the stamp. */
export type ExplainedStamp =
  | { readonly verifies: false }
  | {
      readonly verifies: true;
      readonly how: Stamp["how"];
      readonly issuedAt: Date;
      readonly groups: "none" | "to come" | "over" | "left to the command groups" | "off";
      /** When the stamp stops to give groups; absent where it gives none. */
      readonly groupsUntil?: Date;
    };

/** @returns undefined for who has no stamp, and where stamps cannot be read. */
export function explainStamp(
  user: FoundUser,
  { stamps, destinationUserPoolId, rules, now }: Pick<Facts, "stamps" | "destinationUserPoolId" | "rules" | "now">,
): ExplainedStamp | undefined {
  if (stamps === undefined) return undefined;
  const stamped = stampedAs(user, user.created, stamps.keys, destinationUserPoolId, rules);
  if (stamped.kind === "none") return undefined;
  if (stamped.kind === "void") return { verifies: false };
  const { how, issuedAt } = stamped.stamp;
  return { verifies: true, how, issuedAt: new Date(issuedAt * 1000), ...groupsBy(stamped.stamp, stamps, now) };
}

function groupsBy(
  stamp: Stamp,
  { groupsMode, groupsWindow }: NonNullable<Facts["stamps"]>,
  now: Date,
): Pick<Extract<ExplainedStamp, { verifies: true }>, "groups" | "groupsUntil"> {
  if (groupsMode === "off") return { groups: "off" };
  // Whoever has not shown the whole sign-in to the source gets no group by the stamp.
  if (stamp.groups === LEFT_TO_COMMAND || stamp.how !== "proven") return { groups: "left to the command groups" };
  if (stamp.groups.length === 0) return { groups: "none" };
  const groupsUntil = new Date((stamp.issuedAt + groupsWindow) * 1000);
  return { groups: isWithin(stamp, groupsWindow, now.getTime() / 1000) ? "to come" : "over", groupsUntil };
}

const HOW: Readonly<Record<Stamp["how"], string>> = {
  proven: "with the password proven",
  mfa: "with the password proven and a second factor still due",
  unproven: "without a proven password",
};

export function stampLine(stamp: ExplainedStamp, minuteOf: (date: Date) => string): string {
  if (!stamp.verifies)
    return "its stamp does not verify: it proves nothing, and gives no groups (forged, copied, of a key that is gone, or the user has another name since)";
  const { how, issuedAt, groups, groupsUntil } = stamp;
  const until = groupsUntil === undefined ? "" : minuteOf(groupsUntil);
  const about = {
    none: "there are no groups to come",
    "to come": `each token has the stamp's groups until ${until}`,
    over: `the stamp has given no groups since ${until}`,
    "left to the command groups": "groups are left to the command groups",
    off: "",
  }[groups];
  return `its stamp verifies: migrated at ${minuteOf(issuedAt)}, ${HOW[how]}${about && `; ${about}`}`;
}
