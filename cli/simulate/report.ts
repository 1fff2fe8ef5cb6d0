import { drawCurve } from "../program/curve";
import { duration } from "../program/duration";
import { percentOf } from "../program/percent";
import { table } from "../program/table";
import type { Assumptions, Month, Simulation } from "./simulate";

const MILESTONES = [1, 7, 14, 30, 60, 90, 180, 365, 730];

export function simulationReport(simulation: Simulation, assumptions: Assumptions, columns: number): string {
  const { days, months } = simulation;
  return [
    "Migrated, by day",
    drawCurve(
      days.map(({ migrated }) => migrated),
      assumptions.users,
      columns,
    ),
    table(
      ["Day", "Migrated", "%", "Remaining"],
      days
        .filter(({ day }) => MILESTONES.includes(day) || day === days.length - 1)
        .map(({ day, migrated, remaining }) => [day, migrated, percentOf(migrated, assumptions.users), remaining]),
    ),
    "Monthly active users, by 30 days. A migrating user counts in both pools",
    table(["Days", "Source", "Destination", "Without migration", ...costHead(assumptions)], months.map(monthRow)),
    costsText(months),
    signInText(simulation, assumptions),
    importText(simulation, assumptions),
  ].join("\n\n");
}

const costHead = ({ prices }: Assumptions): string[] =>
  [prices.source && "Source costs", prices.destination && "Destination costs"].filter((one) => one !== undefined);

const monthRow = ({ fromDay, toDay, sourceMau, destinationMau, mauBefore, sourceCost, destinationCost }: Month) => [
  `${fromDay}-${toDay}`,
  sourceMau,
  destinationMau,
  mauBefore,
  ...[sourceCost, destinationCost].flatMap((cost) => (cost === undefined ? [] : [money(cost)])),
];

function costsText(months: readonly Month[]): string {
  const sums = (["source", "destination"] as const).flatMap((side) => {
    const costs = months.flatMap((month) => month[`${side}Cost`] ?? []);
    return costs.length === 0 ? [] : [`${side} ${money(costs.reduce((all, cost) => all + cost))}`];
  });
  return sums.length === 0
    ? "Costs: give --price-source and --price-destination, from https://aws.amazon.com/cognito/pricing/"
    : `Monthly active users cost, over the whole window: ${sums.join(", ")}`;
}

function signInText({ peak }: Simulation, { busiestHourShare, sharedQuota }: Assumptions): string {
  const { firstDay, perSecond, quota, aboveQuotaUntilDay } = peak;
  const head =
    `Sign-ins at the source: ${count(firstDay)} on the first day; ${perSecond} requests a second in its busiest hour ` +
    `(${Number((busiestHourShare * 100).toFixed(4))} % of the day), of ${quota}${sharedQuota ? ", which both pools share" : ""}`;
  if (aboveQuotaUntilDay === 0) return `${head}. Other applications use the same quota.`;
  return (
    `${head}.\nToo many until day ${aboveQuotaUntilDay}: users are asked to try again. Raise the quota UserAuthentication for ` +
    "these days, or switch one app client after the other to the destination."
  );
}

function importText({ importOfTheRest: rest }: Simulation, { windowDays, quotas }: Assumptions): string {
  return (
    `The rest after day ${windowDays}: ${count(rest.users)} users. To know them, both pools are read with ListUsers, ` +
    `the source twice (${quotas.userList} requests a second): ${duration(rest.readingSeconds)}.\n` +
    `Import: ${rest.jobs === 1 ? "1 job" : `${count(rest.jobs)} jobs`} of up to ${count(rest.usersPerJob)} users, one after the other. ` +
    "AWS does not say how long a job takes: measure the first."
  );
}

const count = (users: number): string => users.toLocaleString("en-US");
/** Half a cent is rounded up, whatever the last bits of a sum are. */
const cents = (amount: number): number => Math.round(Math.round(amount * 1e6) / 1e4) / 100;
const money = (amount: number): string =>
  cents(amount).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
