/** Stands in for @aws-sdk/signature-v4-multi-region in the bundle (build.mjs): STS is called in one Region. */
export { SignatureV4 as SignatureV4MultiRegion } from "@smithy/signature-v4";
