/** The first `users` cost `perUser` each; the last tier has no end. */
interface Tier {
  readonly users: number;
  readonly perUser: number;
}

export type Price = readonly Tier[];

/**
 * Reads `10000=0,90000=0.0055,0.0046`: the first 10,000 users of a month are free, the next 90,000 cost 0.0055 each, all
 * others 0.0046. A single number is the price of every user.
 *
 * Prices differ by plan, Region and contract, so none stands here: https://aws.amazon.com/cognito/pricing/
 */
export function parsePrice(text: string): Price | undefined {
  const parts = text.split(",").map((part) => part.trim());
  const last = parts.pop() ?? "";
  const tiers = parts.map((part) => /^([0-9]+)=([0-9]+(?:\.[0-9]+)?)$/.exec(part));
  if (!/^[0-9]+(\.[0-9]+)?$/.test(last) || tiers.includes(null)) return undefined;
  return [
    ...tiers.map((tier) => ({ users: Number(tier?.[1]), perUser: Number(tier?.[2]) })),
    { users: Number.POSITIVE_INFINITY, perUser: Number(last) },
  ];
}

/** What one month costs, in the currency of the price. */
export function costOf(monthlyActiveUsers: number, price: Price): number {
  let left = monthlyActiveUsers;
  let cost = 0;
  for (const { users, perUser } of price) {
    const here = Math.min(left, users);
    cost += here * perUser;
    left -= here;
  }
  return cost;
}
