import type { SchemaAttributeType } from "@aws-sdk/client-cognito-identity-provider";
import type { AttributeRange } from "./scan";
import type { ArrivingAttribute } from "./schema";

interface Limits {
  readonly min: number;
  readonly max: number;
}

/** What a string may have at most: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_StringAttributeConstraintsType.html */
const LONGEST_STRING = 2048;

/** A UUID, whatever the schema says: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html, UserSub */
const SUB_LENGTH = 36;

function limitsOf({
  Name,
  AttributeDataType,
  StringAttributeConstraints,
  NumberAttributeConstraints,
}: SchemaAttributeType): Limits {
  if (Name === "sub") return { min: SUB_LENGTH, max: SUB_LENGTH };
  if (AttributeDataType === "Number") {
    const { MinValue, MaxValue } = NumberAttributeConstraints ?? {};
    return { min: numberOr(MinValue, -Infinity), max: numberOr(MaxValue, Infinity) };
  }
  const { MinLength, MaxLength } = StringAttributeConstraints ?? {};
  return { min: numberOr(MinLength, 0), max: numberOr(MaxLength, LONGEST_STRING) };
}

/** Any number: the function knows whole ones alone (cli/pools/pool-rules.ts), and Cognito refuses by all of them. */
const numberOr = (text: string | undefined, otherwise: number): number =>
  text === undefined || text === "" ? otherwise : Number(text);

/**
 * What the destination would refuse of an attribute: of all that the source's schema allows, or of what users really have.
 *
 * @param isScanned Whether users were read; `range` is undefined then, too, when nobody has the attribute.
 * @returns undefined when nothing. `isNoneWithin`: no value that the source can have is.
 */
export function narrowerThan(
  { from, to }: ArrivingAttribute,
  range: AttributeRange | undefined,
  isScanned: boolean,
): { told: string; isNoneWithin: boolean } | undefined {
  const isNumber = to.AttributeDataType === "Number";
  if (!isNumber && to.AttributeDataType !== "String") return undefined;
  // A number as text is as long as its digits, which the source's schema does not say.
  if (!isScanned && from.AttributeDataType !== to.AttributeDataType) return undefined;
  const there = limitsOf(to);
  const here = isScanned ? found(range, isNumber) : limitsOf(from);
  if (here === undefined || (here.min >= there.min && here.max <= there.max)) return undefined;
  const unit = isNumber ? "" : " characters";
  return {
    told: `${span(here)}${unit} at the source, ${span(there)}${unit} at the destination`,
    isNoneWithin: here.max < there.min || there.max < here.min,
  };
}

function found(range: AttributeRange | undefined, isNumber: boolean): Limits | undefined {
  if (range === undefined) return undefined;
  if (!isNumber) return { min: range.shortest, max: range.longest };
  return range.smallest === undefined || range.largest === undefined
    ? undefined
    : { min: range.smallest, max: range.largest };
}

function span({ min, max }: Limits): string {
  if (min === max) return `${min}`;
  if (min === -Infinity) return max === Infinity ? "any number" : `up to ${max}`;
  return max === Infinity ? `${min} or more` : `${min} to ${max}`;
}
