import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";

const table = process.env.TABLE_NAME;
const dynamodb = new DynamoDBClient({ maxAttempts: 2, requestHandler: { requestTimeout: 3000 } });

/**
 * Takes a batch of UserMigrated events from SQS. Whatever cannot be written now comes again, and after five times is a dead letter.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export async function handler({ Records: records }) {
  const failed = await Promise.all(records.map(failedId));
  return { batchItemFailures: failed.filter((id) => id !== undefined).map((itemIdentifier) => ({ itemIdentifier })) };
}

async function failedId({ messageId, body }) {
  try {
    await remember(JSON.parse(body).detail);
    return undefined;
  } catch (error) {
    console.error({ outcome: "failed", error_name: error.name });
    return messageId;
  }
}

/** The first sub wins, however often and in whatever order events come. */
async function remember({ sourceSub, sub, userPoolId, how, at }) {
  if (![sourceSub, sub, userPoolId, how, at].every((value) => typeof value === "string" && value !== ""))
    throw new TypeError("no UserMigrated event");
  const item = { source_sub: sourceSub, sub, user_pool_id: userPoolId, how, migrated_at: at };
  try {
    await dynamodb.send(
      new PutItemCommand({
        TableName: table,
        Item: Object.fromEntries(Object.entries(item).map(([name, value]) => [name, { S: value }])),
        ConditionExpression: "attribute_not_exists(source_sub) OR #sub = :sub",
        ExpressionAttributeNames: { "#sub": "sub" },
        ExpressionAttributeValues: { ":sub": { S: sub } },
      }),
    );
  } catch (error) {
    if (error.name !== "ConditionalCheckFailedException") throw error;
    // Nothing to send again: an alarm tells, and `idmap` lists both.
    console.warn({ outcome: "second_sub" });
  }
}
