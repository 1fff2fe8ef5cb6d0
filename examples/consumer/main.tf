# What the destination account does with UserMigrated: a rule, a queue with dead letters, and a table in which the first sub wins.
# EventBridge and SQS deliver at least once and in any order, so nothing here depends on how often an event comes.

terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "event_bus_arn" {
  description = "MIGRATED_EVENT_BUS_ARN of the migration"
  type        = string
}

variable "user_pool_id" {
  description = "Destination user pool; events of other pools are left alone"
  type        = string
}

variable "consumer_zip" {
  description = "Path of the function's zip: zip consumer.zip consumer.mjs"
  type        = string
}

variable "alarm_topic_arns" {
  description = "SNS topics that hear of dead letters, and of a user of the source who became two users"
  type        = list(string)
  default     = []
}

locals {
  name           = "user-migrated"
  event_bus_name = element(split("/", var.event_bus_arn), 1)
}

resource "aws_cloudwatch_event_rule" "migrated" {
  name           = local.name
  description    = "Users who have migrated to ${var.user_pool_id}"
  event_bus_name = local.event_bus_name
  event_pattern = jsonencode({
    source        = ["cognito-migration"]
    "detail-type" = ["UserMigrated"]
    detail        = { userPoolId = [var.user_pool_id] }
  })
}

resource "aws_cloudwatch_event_target" "queue" {
  rule           = aws_cloudwatch_event_rule.migrated.name
  event_bus_name = local.event_bus_name
  arn            = aws_sqs_queue.migrated.arn
  # What EventBridge could not deliver in a day.
  dead_letter_config {
    arn = aws_sqs_queue.dead_letters.arn
  }
}

resource "aws_sqs_queue" "migrated" {
  name                    = local.name
  sqs_managed_sse_enabled = true
  # Six times the function's timeout: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
  visibility_timeout_seconds = 6 * aws_lambda_function.consumer.timeout
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letters.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "dead_letters" {
  name                      = "${local.name}-dead-letters"
  sqs_managed_sse_enabled   = true
  message_retention_seconds = 14 * 24 * 3600
}

# The rule alone may write, to both queues: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
resource "aws_sqs_queue_policy" "from_rule" {
  for_each  = { queue = aws_sqs_queue.migrated, dead_letters = aws_sqs_queue.dead_letters }
  queue_url = each.value.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = each.value.arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_cloudwatch_event_rule.migrated.arn } }
    }]
  })
}

resource "aws_dynamodb_table" "subs" {
  name                        = local.name
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "source_sub"
  deletion_protection_enabled = true

  attribute {
    name = "source_sub"
    type = "S"
  }
  point_in_time_recovery {
    enabled = true
  }
}

resource "aws_lambda_function" "consumer" {
  function_name    = local.name
  description      = "Writes each user's sub at the source, and at the destination, into a table"
  role             = aws_iam_role.consumer.arn
  filename         = var.consumer_zip
  source_code_hash = filebase64sha256(var.consumer_zip)
  handler          = "consumer.handler"
  runtime          = "nodejs22.x"
  architectures    = ["arm64"]
  timeout          = 10
  environment {
    variables = { TABLE_NAME = aws_dynamodb_table.subs.name }
  }
  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.consumer.name
  }
}

resource "aws_cloudwatch_log_group" "consumer" {
  name              = "/aws/lambda/${local.name}"
  retention_in_days = 90
}

resource "aws_lambda_event_source_mapping" "queue" {
  event_source_arn = aws_sqs_queue.migrated.arn
  function_name    = aws_lambda_function.consumer.arn
  # One event that fails does not bring the others of its batch back.
  function_response_types = ["ReportBatchItemFailures"]
}

resource "aws_iam_role" "consumer" {
  name = "${local.name}-consumer"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "consumer" {
  name = "read-queue-and-write-table"
  role = aws_iam_role.consumer.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
        Resource = aws_sqs_queue.migrated.arn
      },
      { Effect = "Allow", Action = "dynamodb:PutItem", Resource = aws_dynamodb_table.subs.arn },
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.consumer.arn}:*"
      },
    ]
  })
}

resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  alarm_name          = "${local.name}-dead-letters"
  alarm_description   = "Events that nobody could take in. Read them, mend the cause, send them back to the queue; idmap --since lists who is missing."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.dead_letters.name }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns
}

resource "aws_cloudwatch_log_metric_filter" "second_sub" {
  name           = "${local.name}-second-sub"
  log_group_name = aws_cloudwatch_log_group.consumer.name
  pattern        = "{ $.message.outcome = \"second_sub\" }"
  metric_transformation {
    name      = "SecondSub"
    namespace = "UserMigrated"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "second_sub" {
  alarm_name          = "${local.name}-second-sub"
  alarm_description   = "One user of the source has become two users of the destination. The table keeps the first; idmap lists both."
  namespace           = aws_cloudwatch_log_metric_filter.second_sub.metric_transformation[0].namespace
  metric_name         = aws_cloudwatch_log_metric_filter.second_sub.metric_transformation[0].name
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns
}
