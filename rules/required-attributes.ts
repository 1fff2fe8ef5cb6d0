import type { Attributes } from "./names";
import type { Schema } from "./schema";

/** What a user pool requires of every user. */
export const requiredBy = (schema: Schema): readonly string[] =>
  [...schema].flatMap(([name, { required }]) => (required ? [name] : []));

/** A blank stands for nothing: an import file could not tell one from the other. */
export const isValue = (text: string | undefined): boolean => text !== undefined && text.trim() !== "";

/** What the destination requires, and a user does not bring. */
export const lackingIn = (attributes: Attributes, schema: Schema): readonly string[] =>
  requiredBy(schema).filter((name) => !isValue(attributes[name]));

/**
 * What Cognito makes of a user who lacks one, two pages of AWS say differently: of the trigger, and of its errors.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html
 * https://repost.aws/knowledge-center/cognito-migration-lambda-trigger-errors
 */
export const AWS_DISAGREES =
  "One AWS page says that Cognito puts default values in their place, another that the sign-in fails.";

/** What is not known of such a user: a sentence that goes on after "Not known: ", or none. */
export const unknownOfLacking = (lacking: readonly string[]): readonly string[] =>
  lacking.length === 0
    ? []
    : [
        `whether Cognito makes the user: the destination requires ${lacking.join(" and ")}, and nothing arrives there. ${AWS_DISAGREES}`,
      ];
