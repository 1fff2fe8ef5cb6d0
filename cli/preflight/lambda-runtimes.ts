/** When Lambda deprecates each runtime: no more patches from then on. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html */
const DEPRECATED_FROM: Readonly<Record<string, string>> = {
  "nodejs20.x": "2026-04-30",
  "nodejs22.x": "2027-04-30",
  "nodejs24.x": "2028-04-30",
};

const DAY_MS = 86_400_000;

/** @returns undefined when AWS's date is not known here. */
export function deprecationOf(
  runtime: string,
  today: Date,
): { readonly date: string; readonly days: number } | undefined {
  const date = DEPRECATED_FROM[runtime];
  return date === undefined ? undefined : { date, days: Math.ceil((Date.parse(date) - today.getTime()) / DAY_MS) };
}
