/** What an ARN says of where something is. */
export interface RegionalArn {
  readonly arn: string;
  readonly partition: string;
  readonly region: string;
}

type Place = Pick<RegionalArn, "partition" | "region">;

export const isWhere = (one: Place, other: Place): boolean =>
  one.partition === other.partition && one.region === other.region;

const parsedBy =
  (service: string, resource: string) =>
  (value: string): RegionalArn | undefined => {
    const pattern = new RegExp(`^arn:(aws(?:-[a-z]+)*):${service}:([a-z0-9-]+):[0-9]{12}:${resource}$`);
    const [, partition, region] = pattern.exec(value) ?? [];
    return partition && region ? { arn: value, partition, region } : undefined;
  };

/** An ARN of the key itself, because an alias can become another key's. https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-ARN */
export const parseKmsKeyArn = parsedBy("kms", "key/(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html, "EventBusName". */
export const parseEventBusArn = parsedBy("events", "event-bus/[/._A-Za-z0-9-]{1,256}");

/** Names from CreateTopic, without those of FIFO topics: https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
export const parseAlarmTopicArn = parsedBy("sns", "[A-Za-z0-9_-]{1,256}");
