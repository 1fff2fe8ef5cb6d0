import { alarmNamesOf } from "../../rules/alarms";
import { hasTokenFunction } from "../../rules/token-function";
import { type Check, defineCheck, failed, inTheme, listed, passed, skipped, warning } from "./check";
import { type CheckedFunction, checkOf, DEPLOY, MIGRATING } from "./checked-function";

/** Lambda keeps so many for functions without a reservation: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
const KEPT_UNRESERVED = 100;

const RAISE = 'Have Lambda\'s quota "Concurrent executions" (Service Quotas, L-B99A9384) raised';

export const reservableConcurrency = defineCheck({
  id: "reservable-concurrency",
  title: "The destination's account can reserve LAMBDA_RESERVED_CONCURRENCY for the function",
  otherwise: "PutFunctionConcurrency is refused when the function has been made, and the deploy stops half-way.",
  source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html",
  needs: ["accountConcurrency", "function"],
  decide: ({ accountConcurrency: { limit, unreserved }, function: fn, settings }) => {
    const { lambdaReservedConcurrency: wanted } = settings;
    // What the function has reserved already it may keep, and a new number takes its place.
    const own = fn?.reservedConcurrency ?? 0;
    const reservable = Math.max(own, unreserved + own - KEPT_UNRESERVED);
    const told =
      `Lambda runs ${limit} executions at a time in this account and Region; ${unreserved} are unreserved` +
      `${own === 0 ? "" : `, ${own} reserved for this function`}, and ${KEPT_UNRESERVED} have to stay so. The function can reserve ` +
      `${reservable === 0 ? "none" : `up to ${reservable}`}`;
    if (wanted === undefined)
      return reservable > 0
        ? passed(`${told}; LAMBDA_RESERVED_CONCURRENCY is not set.`)
        : warning(`${told}.`, `${RAISE} before you set LAMBDA_RESERVED_CONCURRENCY.`);
    const asked = `${told}; LAMBDA_RESERVED_CONCURRENCY is ${wanted}.`;
    if (wanted <= reservable) return passed(asked);
    const less = reservable > 0 ? `set LAMBDA_RESERVED_CONCURRENCY=${reservable} or less` : "leave the setting out";
    const needed = limit + wanted + KEPT_UNRESERVED - unreserved - own;
    return failed(asked, `${RAISE} to ${needed} or more, or ${less}.`);
  },
});

export const logRetention = (fn: CheckedFunction): Check =>
  checkOf(fn, {
    id: "log-retention",
    title: `The ${fn.noun}'s log group is there, and keeps its log as long as the settings say`,
    otherwise: "The function leaves no log, or CloudWatch Logs keeps it for ever.",
    source:
      "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html#SettingLogRetention",
    own: ["logGroup"],
    decide: ({ logGroup }, { settings }) => {
      const { logRetentionDays } = settings;
      if (logGroup === undefined) return failed(`There is no log group ${fn.namesOf(settings).logGroup}.`, DEPLOY);
      const { retentionInDays } = logGroup;
      if (retentionInDays === logRetentionDays)
        return passed(`The ${fn.noun}'s log is kept for ${logRetentionDays} days.`);
      return warning(
        `The ${fn.noun}'s log is kept for ${retentionInDays === undefined ? "ever" : `${retentionInDays} days`} instead of ${logRetentionDays}.`,
        "Deploy the destination stack again.",
      );
    },
  });

const QUOTAS = "https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html";

/** Sign-ins per second of one environment, at 0.2 s each: the arithmetic of docs/deploy.md, on the safe side of docs/performance.md. */
const SIGN_INS_EACH = 5;

/** What LAMBDA_RESERVED_CONCURRENCY takes (config/migration-settings.ts). */
const withinLimits = (concurrency: number): number => Math.min(10_000, Math.max(1, concurrency));

const quota = defineCheck({
  id: "source-quota",
  title: "SOURCE_SIGN_IN_QUOTA is not more than the source account has",
  otherwise: "The alarm fires too late, and the source throttles its own users together with the migration.",
  source: QUOTAS,
  needs: ["sourceQuota"],
  decide: ({ sourceQuota, settings: { sourceSignInQuota } }) =>
    sourceSignInQuota <= sourceQuota
      ? passed(
          `SOURCE_SIGN_IN_QUOTA is ${sourceSignInQuota} requests per second, the source account has ${sourceQuota} (UserAuthentication).`,
        )
      : failed(
          `SOURCE_SIGN_IN_QUOTA says ${sourceSignInQuota} requests per second, the source account has ${sourceQuota} (UserAuthentication).`,
          sourceQuota < 1
            ? "Have the quota raised."
            : `Set SOURCE_SIGN_IN_QUOTA=${Math.floor(sourceQuota)} or less, or have the quota raised.`,
        ),
});

const expected = defineCheck({
  id: "expected-sign-ins",
  title: "The expected sign-ins per second fit into the source's quota",
  otherwise: "Cognito answers TooManyRequestsException at the source, and users have to try again.",
  source: QUOTAS,
  needs: [],
  decide: ({ expectSignInsPerSecond: rate, settings, reach }) => {
    if (rate === undefined)
      return skipped(
        "Nobody has said how many sign-ins per second are expected.",
        "Run it with --expect-sign-ins-per-second, the peak of the first days.",
      );
    const { userPool, sourceRegion, sourceSignInQuota } = settings;
    // There the sign-in at the destination is counted together with the one at the source.
    const isOnePlace = userPool.account === reach.source.account && userPool.region === sourceRegion;
    const requests = isOnePlace ? 2 * rate : rate;
    const told = `${rate} sign-ins per second are ${requests} requests of the source's ${sourceSignInQuota}`;
    if (requests <= sourceSignInQuota) return passed(`${told}.`);
    return failed(
      `${told}.`,
      "Move fewer users at a time, or have UserAuthentication raised and set SOURCE_SIGN_IN_QUOTA.",
    );
  },
});

/** Cognito fails a sign-in whose token trigger is throttled, and without a reservation both functions draw from one account's number. */
const SHARED =
  " Whoever types unknown names can take all that the account has unreserved, which the token function needs for everybody's sign-in.";

const concurrency = defineCheck({
  id: "concurrency",
  title: "LAMBDA_RESERVED_CONCURRENCY protects the source's quota and leaves room for the expected sign-ins",
  otherwise: "Anyone can use the source's quota up by typing names at the destination, or the function is throttled.",
  source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html",
  needs: [],
  decide: ({ settings, commands, expectSignInsPerSecond: rate = 0 }) => {
    const { lambdaReservedConcurrency: reservedConcurrency, sourceSignInQuota } = settings;
    const each = `at ${1 / SIGN_INS_EACH} s each`;
    const highest = withinLimits(Math.floor(sourceSignInQuota / SIGN_INS_EACH));
    // More than the quota would be of no use.
    const needed = withinLimits(Math.ceil(Math.min(rate, sourceSignInQuota) / SIGN_INS_EACH));
    if (reservedConcurrency === undefined)
      return warning(
        `LAMBDA_RESERVED_CONCURRENCY is not set, so there is no limit for the function.${hasTokenFunction(settings) ? SHARED : ""}`,
        `Put LAMBDA_RESERVED_CONCURRENCY=${highest}, or less, into ${commands.file} and deploy destination: ${sourceSignInQuota} a second, ${each}.`,
      );
    const perSecond = reservedConcurrency * SIGN_INS_EACH;
    const told = `The function answers ${reservedConcurrency} sign-ins at a time; ${each}, these are ${perSecond} sign-ins per second`;
    if (reservedConcurrency < needed)
      return failed(`${told}; ${rate} are expected.`, `Set LAMBDA_RESERVED_CONCURRENCY=${needed} or more.`);
    if (perSecond <= sourceSignInQuota) return passed(`${told}.`);
    return warning(
      `${told}; SOURCE_SIGN_IN_QUOTA is ${sourceSignInQuota}.`,
      reservedConcurrency > highest
        ? `Set LAMBDA_RESERVED_CONCURRENCY=${highest} or less.`
        : "It cannot be lower: have UserAuthentication raised at the source, and set SOURCE_SIGN_IN_QUOTA.",
    );
  },
});

const alarms = defineCheck({
  id: "alarms",
  title: "The alarms are there, and tell somebody",
  otherwise: "Nobody hears that users cannot sign in, but from the users.",
  source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html",
  needs: ["alarms"],
  decide: ({ alarms: found, settings }) => {
    const wanted = alarmNamesOf(settings);
    const missing = wanted.filter((name) => !found.some(({ AlarmName }) => AlarmName === name));
    if (missing.length > 0)
      return warning(`Alarm ${listed(missing)} ${missing.length > 1 ? "are" : "is"} not there.`, DEPLOY);
    const topic = settings.alarmTopicArn;
    if (topic === undefined)
      return warning(
        "The alarms of this migration notify nobody.",
        "Set ALARM_TOPIC_ARN and deploy the destination stack again.",
      );
    const silent = found.filter(
      ({ ActionsEnabled, AlarmActions = [] }) => ActionsEnabled === false || !AlarmActions.includes(topic),
    );
    if (silent.length === 0) return passed(`The ${wanted.length} alarms of this migration tell ${topic}.`);
    return warning(
      `Alarm ${listed(silent.flatMap(({ AlarmName }) => AlarmName ?? []))} do not tell ${topic}.`,
      "Deploy the destination stack again, and enable their actions.",
    );
  },
});

export const QUOTA_CHECKS = inTheme("Quotas and alarms", [
  quota,
  expected,
  concurrency,
  reservableConcurrency,
  logRetention(MIGRATING),
  alarms,
]);
