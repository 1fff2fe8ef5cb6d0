/** Whether the migration signs what it says of a user. */
export const STAMP_POLICIES = ["off", "on"] as const;
export type StampPolicy = (typeof STAMP_POLICIES)[number];

/** What becomes of the groups that users have at the source: nothing, a claim in their tokens, or that and membership. */
export const GROUPS_MODES = ["off", "token", "token+member"] as const;
export type GroupsMode = (typeof GROUPS_MODES)[number];

/** Where the stamp is kept, unless STAMP_ATTRIBUTE says otherwise. */
export const DEFAULT_STAMP_ATTRIBUTE = "custom:migration";
