import { type Check, failed, passed, warning } from "./check";
import { type CheckedFunction, checkOf } from "./checked-function";

export const logRetention = (fn: CheckedFunction): Check =>
  checkOf(fn, {
    id: "log-retention",
    title: `The ${fn.noun}'s log group is there, and keeps its log as long as the settings say`,
    otherwise: "The function leaves no log, or CloudWatch Logs keeps it for ever.",
    source:
      "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html#SettingLogRetention",
    parts: ["logGroup"],
    decide: ({ logGroup }, { settings }) => {
      const { logRetentionDays } = settings;
      if (logGroup === undefined)
        return failed(`There is no log group ${fn.namesOf(settings).logGroup}.`, "Deploy the destination stack.");
      const { retentionInDays } = logGroup;
      if (retentionInDays === logRetentionDays)
        return passed(`The ${fn.noun}'s log is kept for ${logRetentionDays} days.`);
      return warning(
        `The ${fn.noun}'s log is kept for ${retentionInDays === undefined ? "ever" : `${retentionInDays} days`} instead of ${logRetentionDays}.`,
        "Deploy the destination stack again.",
      );
    },
  });
