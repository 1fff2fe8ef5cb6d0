interface Partition {
  readonly name: string;
  readonly dnsSuffix: string;
}

const AWS: Partition = { name: "aws", dnsSuffix: "amazonaws.com" };

/** All but `aws`, by what their Regions begin with. https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
const OTHERS: Readonly<Record<string, Partition>> = {
  "cn-": { name: "aws-cn", dnsSuffix: "amazonaws.com.cn" },
  "us-gov-": { name: "aws-us-gov", dnsSuffix: AWS.dnsSuffix },
  "eusc-": { name: "aws-eusc", dnsSuffix: "amazonaws.eu" },
  "us-iso-": { name: "aws-iso", dnsSuffix: "c2s.ic.gov" },
  "us-isob-": { name: "aws-iso-b", dnsSuffix: "sc2s.sgov.gov" },
  "eu-isoe-": { name: "aws-iso-e", dnsSuffix: "cloud.adc-e.uk" },
  "us-isof-": { name: "aws-iso-f", dnsSuffix: "csp.hci.ic.gov" },
};

export function partitionOf(region: string): Partition {
  return Object.entries(OTHERS).find(([start]) => region.startsWith(start))?.[1] ?? AWS;
}
