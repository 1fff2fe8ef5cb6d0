import { closest, distance } from "fastest-levenshtein";

/** Those that the AWS SDK of this version knows; a test holds the list against it. */
export const KNOWN_REGIONS: readonly string[] =
  "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 cn-north-1 cn-northwest-1 eu-central-1 eu-central-2 eu-isoe-west-1 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 eusc-de-east-1 il-central-1 me-central-1 me-south-1 me-west-1 mx-central-1 sa-east-1 sa-west-1 us-east-1 us-east-2 us-gov-east-1 us-gov-west-1 us-iso-east-1 us-iso-west-1 us-isob-east-1 us-isob-west-1 us-isof-east-1 us-isof-south-1 us-west-1 us-west-2".split(
    " ",
  );

/** A place, a direction and one digit, as all Regions have them, so that one which is newer than this version can be one. */
const FORM =
  /^(?:[a-z]{2}|us-gov|us-iso[bf]?|eu-isoe|eusc-[a-z]{2})-(?:central|east|west|(?:north|south)(?:east|west)?)-[1-9]$/;

export const isKnownRegion = (region: string): boolean => KNOWN_REGIONS.includes(region);
export const canBeRegion = (region: string): boolean => FORM.test(region);

/** From farther away it would be a guess, of whoever has written a city or a placeholder. */
const MAX_EDITS = 4;

export function nearestRegion(region: string): string | undefined {
  const nearest = closest(region, KNOWN_REGIONS);
  return distance(region, nearest) <= MAX_EDITS ? nearest : undefined;
}
