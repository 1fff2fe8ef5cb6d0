import { MIGRATED_EVENT } from "./token-function";

/** Policy documents as plain objects. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export interface PolicyStatement {
  readonly Effect: "Allow";
  readonly Principal?: { readonly AWS: string } | { readonly Service: string };
  readonly Action: string | readonly string[];
  readonly Resource?: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly PolicyStatement[];
}

const policy = (...Statement: PolicyStatement[]): PolicyDocument => ({ Version: "2012-10-17", Statement });

/**
 * Who may assume the source role: the one execution role in the destination account, with the External ID.
 *
 * The principal is the account, narrowed by condition, because IAM refuses a role ARN that does not exist yet and turns
 * an existing one into an internal id that a recreated role no longer has.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function sourceTrustPolicy(props: {
  readonly partition: string;
  readonly destinationAccount: string;
  readonly lambdaRoleName: string;
  readonly externalId: string;
}): PolicyDocument {
  const account = `arn:${props.partition}:iam::${props.destinationAccount}`;
  return policy({
    Effect: "Allow",
    Principal: { AWS: `${account}:root` },
    Action: "sts:AssumeRole",
    Condition: {
      ArnEquals: { "aws:PrincipalArn": `${account}:role/${props.lambdaRoleName}` },
      StringEquals: { "sts:ExternalId": props.externalId },
    },
  });
}

/**
 * Prove a password and read the profile, in one user pool. IAM cannot narrow this to an app client or a flow.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncognitouserpools.html
 */
export function sourcePermissions(userPoolArn: string): PolicyDocument {
  return policy({
    Effect: "Allow",
    Action: ["cognito-idp:AdminInitiateAuth", "cognito-idp:AdminGetUser"],
    Resource: userPoolArn,
  });
}

/** Any function of the account that is given the role: docs/decisions/0014-any-function-with-the-role.md says why no condition names ours. */
export function lambdaTrustPolicy(): PolicyDocument {
  return policy({ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" });
}

/** The function may assume one role and write to one log group; Terraform makes the group, so CreateLogGroup is not needed. */
export function lambdaPermissions(props: {
  readonly sourceRoleArn: string;
  readonly logGroupArn: string;
}): PolicyDocument {
  return policy(
    { Effect: "Allow", Action: "sts:AssumeRole", Resource: props.sourceRoleArn },
    { Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: `${props.logGroupArn}:*` },
  );
}

/**
 * What the token function may do, and no more than it does: without an ARN that right is not there. IAM cannot narrow AdminAddUserToGroup to a group.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncognitouserpools.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html
 */
export function tokenPermissions(props: {
  readonly logGroupArn: string;
  /** Where it makes memberships. */
  readonly userPoolArn?: string | undefined;
  readonly eventBusArn?: string | undefined;
}): PolicyDocument {
  const { logGroupArn, userPoolArn, eventBusArn } = props;
  const statements: (PolicyStatement | undefined)[] = [
    { Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: `${logGroupArn}:*` },
    userPoolArn === undefined
      ? undefined
      : { Effect: "Allow", Action: "cognito-idp:AdminAddUserToGroup", Resource: userPoolArn },
    eventBusArn === undefined ? undefined : sendsEvents(eventBusArn),
  ];
  return policy(...statements.filter((statement) => statement !== undefined));
}

/**
 * Events of this migration and no others, so that nobody forges another system's with the role. Both keys are of several values;
 * without either nothing is an event.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-example-policy-cross-account-custom-bus-source.html
 */
const sendsEvents = (eventBusArn: string): PolicyStatement => ({
  Effect: "Allow",
  Action: "events:PutEvents",
  Resource: eventBusArn,
  Condition: {
    "ForAllValues:StringEquals": {
      "events:source": MIGRATED_EVENT.source,
      "events:detail-type": MIGRATED_EVENT.detailType,
    },
  },
});

/** The function's resource policy, as Lambda writes it: Cognito may call it for one user pool. https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html */
export function invokePolicy(props: { readonly lambdaArn: string; readonly userPoolArn: string }): PolicyDocument {
  const [, , , , account = ""] = props.userPoolArn.split(":");
  return policy({
    Effect: "Allow",
    Principal: { Service: "cognito-idp.amazonaws.com" },
    Action: "lambda:InvokeFunction",
    Resource: props.lambdaArn,
    Condition: { StringEquals: { "AWS:SourceAccount": account }, ArnLike: { "AWS:SourceArn": props.userPoolArn } },
  });
}
