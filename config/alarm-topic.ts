/** An SNS topic, read from its ARN. */
export interface AlarmTopic {
  readonly arn: string;
  readonly partition: string;
  readonly region: string;
}

/** Names from CreateTopic, without those of FIFO topics: https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
const TOPIC_ARN = /^arn:(aws(?:-[a-z]+)*):sns:([a-z0-9-]+):[0-9]{12}:[A-Za-z0-9_-]{1,256}$/;

/** @returns undefined when `value` is not the ARN of a standard topic. */
export function parseAlarmTopicArn(value: string): AlarmTopic | undefined {
  const [, partition, region] = TOPIC_ARN.exec(value) ?? [];
  return partition && region ? { arn: value, partition, region } : undefined;
}
