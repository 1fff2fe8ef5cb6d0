import { REQUESTS_PER_SECOND, refuseImpossiblePace } from "../pools/requests-per-second";
import { APPLY, defineCommand, JSON_OUTPUT } from "../program/command";
import { CommandError, EXIT } from "../program/exit";
import { restoreGroups } from "./restore-groups";
import { revokeMembership } from "./revoke-membership";

export const groupsCommand = defineCommand({
  options: {
    ...APPLY,
    ...JSON_OUTPUT,
    group: {
      type: "string",
      array: true,
      describe: "Fill this existing group too, although its members get a role; can be repeated",
    },
    revoke: {
      type: "string",
      describe:
        "Instead, take --user out of this group of the destination, and blank the stamp that would bring it back",
    },
    user: { type: "string", describe: "With --revoke: username or alias at the destination" },
    ...REQUESTS_PER_SECOND,
  },
  examples: [
    ["groups", "Say which groups would be created, and how many memberships restored"],
    ["groups --apply", "Restore them"],
    ["groups --group admins --apply", "Restore those of a group with a role as well"],
    ["groups --revoke admins --user jane@example.com --apply", "Take a group away, so that no stamp brings it back"],
  ],
  run: (args, context) => {
    const { revoke: group, user, apply, json, "requests-per-second": requestsPerSecond } = args;
    refuseImpossiblePace(requestsPerSecond);
    if ((group === undefined) !== (user === undefined))
      throw new CommandError(
        EXIT.USAGE,
        `--revoke and --user: found ${group === undefined ? "--user" : "--revoke"} alone, expected both. Nothing was read.`,
      );
    if (group !== undefined && user !== undefined) return revokeMembership({ group, user, apply, json }, context);
    return restoreGroups({ apply, json, named: args.group ?? [], requestsPerSecond }, context);
  },
});
