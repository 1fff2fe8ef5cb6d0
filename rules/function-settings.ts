/** What every deployed function has, whatever the settings say. */
export const FUNCTION_SETTINGS = {
  handler: "index.handler",
  architectures: ["arm64"],
  /** Cognito's own limit for a trigger, which cannot be changed. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html */
  timeoutSeconds: 5,
  /** The alarms, the dashboard and `status` read fields of JSON lines, of level INFO as well. https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html */
  logging: { logFormat: "JSON", applicationLogLevel: "INFO", systemLogLevel: "INFO" },
  /** Of the token function: Lambda's own three lines for each token, of every user, would be most of the log. */
  tokenLogging: { logFormat: "JSON", applicationLogLevel: "INFO", systemLogLevel: "WARN" },
} as const;
