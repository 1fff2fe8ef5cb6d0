import { REQUESTS_PER_SECOND, refuseImpossiblePace } from "../pools/requests-per-second";
import { APPLY, defineCommand, JSON_OUTPUT } from "../program/command";
import { restoreGroups } from "./restore-groups";

export const groupsCommand = defineCommand({
  options: {
    ...APPLY,
    ...JSON_OUTPUT,
    group: {
      type: "string",
      array: true,
      requiresArg: true,
      describe: "Fill this existing group too, although its members get a role; can be repeated",
    },
    ...REQUESTS_PER_SECOND,
  },
  examples: [
    ["groups", "Say which groups would be created, and how many memberships restored"],
    ["groups --apply", "Restore them"],
    ["groups --group admins --apply", "Restore those of a group with a role as well"],
  ],
  run: (args, context) => {
    const requestsPerSecond = args["requests-per-second"];
    refuseImpossiblePace(requestsPerSecond);
    return restoreGroups({ apply: args.apply, json: args.json, named: args.group ?? [], requestsPerSecond }, context);
  },
});
