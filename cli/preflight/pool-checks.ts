import type { UserPoolReplicaType } from "@aws-sdk/client-cognito-identity-provider";
import { defineCheck, failed, inTheme, listed, passed, warning } from "./check";

const deletionProtection = defineCheck({
  id: "deletion-protection",
  title: "Neither user pool can be deleted by one request",
  otherwise:
    "A wrong deploy or destroy deletes a user pool with everybody in it, and nothing brings the passwords back.",
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-deletion-protection.html",
  needs: ["source", "destination"],
  decide: ({ source, destination }) => {
    const open = Object.entries({ source, destination }).flatMap(([side, { DeletionProtection }]) =>
      DeletionProtection === "ACTIVE" ? [] : [`the ${side}`],
    );
    if (open.length === 0) return passed("Deletion protection is active in both user pools.");
    return warning(
      `Deletion protection is inactive in ${listed(open)}.`,
      'Set deletion_protection = "ACTIVE" in the code that manages the pool, or activate it in the console.',
    );
  },
});

const name = ({ RegionName, Status }: UserPoolReplicaType): string => `${RegionName} (${Status})`;

const replication = defineCheck({
  id: "replication",
  title: "The destination is the primary user pool, and has no replica in another Region",
  otherwise: "A secondary user pool creates no users: nobody migrates while it answers instead of the primary.",
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-multi-region.html",
  needs: ["destinationReplicas"],
  decide: ({ destinationReplicas, settings: { userPool } }) => {
    const secondary = destinationReplicas.filter(({ Role }) => Role === "SECONDARY");
    if (secondary.some(({ RegionName }) => RegionName === userPool.region))
      return failed(
        `The destination in ${userPool.region} is a secondary user pool, which creates no users.`,
        "Deploy the destination stack in the primary's Region, and attach the trigger there.",
      );
    if (secondary.length === 0) return passed("The destination has no replica in another Region.");
    return warning(
      `The destination has a replica in ${listed(secondary.map(name))}. A replica creates no users and has triggers of its own, so nobody migrates while it answers.`,
      "Tell support that a failover locks out whoever has not migrated. Attach no trigger of this migration in the replica.",
    );
  },
});

export const POOL_CHECKS = inTheme("User pools", [deletionProtection, replication]);
