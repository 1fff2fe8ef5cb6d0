import { canBeRegion, KNOWN_REGIONS, nearestRegion } from "../../config/regions";
import { partitionOf } from "../../rules/partitions";
import { SDK_REGIONS } from "../support/sdk-partitions";

test("the Regions are those of the AWS SDK", () => {
  expect(SDK_REGIONS.length).toBeGreaterThan(40);
  expect([...KNOWN_REGIONS].sort()).toEqual(SDK_REGIONS.map(([region]) => region).sort());
});

test.each(SDK_REGIONS)("%s can be one, and is in %s", (region, partition) => {
  expect([canBeRegion(region), partitionOf(region).name]).toEqual([true, partition]);
});

test.each(["eu-west-4", "nz-south-1", "us-gov-central-1", "eusc-fr-west-1", "cn-south-2"])(
  "%s may come to be one",
  (region) => expect(canBeRegion(region)).toBe(true),
);

test.each(["frankfurt", "x", "your-region-here", "europe-west10-a"])("%s is near to none", (region) => {
  expect([canBeRegion(region), nearestRegion(region)]).toEqual([false, undefined]);
});

test.each([
  ["eu-wst-1", "eu-west-1"],
  ["eu-west-11", "eu-west-1"],
  ["eu-west1", "eu-west-1"],
  ["eu-cental-1", "eu-central-1"],
  ["us-east-0", "us-east-1"],
  ["usgov-west-1", "us-gov-west-1"],
  ["ap-southeast", "ap-southeast-1"],
  ["eu-westnorth-1", "eu-north-1"],
  ["EU-WEST-1", "eu-west-1"],
])("%s cannot, and %s is the nearest", (region, nearest) => {
  expect(canBeRegion(region)).toBe(false);
  expect(nearestRegion(region.toLowerCase())).toBe(nearest);
});
