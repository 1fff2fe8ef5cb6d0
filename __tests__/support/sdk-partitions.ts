import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

interface SdkPartition {
  readonly id: string;
  readonly regions: Readonly<Record<string, unknown>>;
}

/** As the AWS SDK has them; it exports no list. */
const file = join(
  dirname(require.resolve("@aws-sdk/core/package.json")),
  "dist-es/submodules/client/util-endpoints/lib/aws/partitions.js",
);
const text = readFileSync(file, "utf8");
const { partitions } = JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1)) as {
  partitions: SdkPartition[];
};

/** Every Region that the SDK knows, with its partition. */
export const SDK_REGIONS: readonly (readonly [region: string, partition: string])[] = partitions.flatMap(
  ({ id, regions }) =>
    Object.keys(regions)
      .filter((region) => !region.endsWith("-global"))
      .map((region) => [region, id] as const),
);
